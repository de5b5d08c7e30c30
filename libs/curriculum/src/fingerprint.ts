import { createHash } from 'node:crypto';

/** SHA-256 (hex) of rows in the order given; the same content in the same order has the same fingerprint whatever the file's layout. */
export function fingerprint(rows: Iterable<readonly unknown[]>): string {
  const hash = createHash('sha256');
  let pending = '';
  for (const row of rows) {
    pending += `${JSON.stringify(row)}\n`;
    if (pending.length > 65_536) {
      hash.update(pending);
      pending = '';
    }
  }
  return hash.update(pending).digest('hex');
}
