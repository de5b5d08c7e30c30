import { createHash } from 'node:crypto';

/** A version that changes by itself when the words or the layout do: a digest of what is made of the same questions every time. `first-3f2a91c0` */
export function promptVersion(name: string, specimens: readonly unknown[]): string {
  const hash = createHash('sha256');
  for (const specimen of specimens) hash.update(JSON.stringify(specimen));
  return `${name}-${hash.digest('hex').slice(0, 8)}`;
}
