import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { explainIssue, InputError } from '@math-labeler/curriculum';
import { z } from 'zod';

/** What a key may be used for; each role may do what those before it may. */
export const ROLES = ['submit', 'review', 'operate'] as const;
export type Role = (typeof ROLES)[number];

const LONGEST_NAME = 100;
const entry = z.object({ name: z.string().min(1).max(LONGEST_NAME), role: z.enum(ROLES), hash: z.string().regex(/^[0-9a-f]{64}$/), createdAt: z.string() });

/** A key as it is kept: the key itself is not. */
export type ApiKey = z.infer<typeof entry>;

const PREFIX = 'ml_';
const CHECK_EVERY_MS = 1000;

/** The API keys of a data folder, in `api-keys.json`; read again within a second of a change. */
export class ApiKeys {
  private readonly path: string;
  private keys: readonly ApiKey[] = [];
  private version = '';
  private checkedAt = 0;

  /** Throws InputError KEYS.BAD_FILE when the file is there and cannot be used. */
  constructor(
    dataDir: string,
    private readonly clock: () => number = Date.now,
  ) {
    this.path = join(dataDir, 'api-keys.json');
    this.read();
  }

  list(): readonly ApiKey[] {
    this.refresh();
    return this.keys;
  }

  /** Gives the new key, which nobody can read again; throws InputError KEYS.NAME_TAKEN. */
  add(name: string, role: Role): string {
    this.read();
    if (name.trim() === '' || name.length > LONGEST_NAME) throw new InputError('KEYS.BAD_NAME', { file: this.path }, name, { ko: `이름은 1자에서 ${LONGEST_NAME}자까지입니다`, en: `a name has 1 to ${LONGEST_NAME} characters` });
    if (this.keys.some((key) => key.name === name)) throw new InputError('KEYS.NAME_TAKEN', { file: this.path }, name, { ko: '같은 이름의 키가 이미 있습니다', en: 'a key of this name is there already' });
    const key = `${PREFIX}${randomBytes(32).toString('base64url')}`;
    this.write([...this.keys, { name, role, hash: hashOf(key).toString('hex'), createdAt: new Date(this.clock()).toISOString() }]);
    return key;
  }

  /** Whether there was one of this name. */
  remove(name: string): boolean {
    this.read();
    const rest = this.keys.filter((key) => key.name !== name);
    if (rest.length === this.keys.length) return false;
    this.write(rest);
    return true;
  }

  /** The entry of a key that somebody presents; takes the same time whichever it is. */
  find(presented: string): ApiKey | undefined {
    this.refresh();
    const hash = hashOf(presented);
    let found: ApiKey | undefined;
    for (const key of this.keys) if (timingSafeEqual(hash, Buffer.from(key.hash, 'hex'))) found = key;
    return found;
  }

  /** A file that has become unreadable leaves the keys as they were: a slip of the hand opens no door. */
  private refresh(): void {
    const now = this.clock();
    if (now - this.checkedAt < CHECK_EVERY_MS) return;
    try {
      if (versionOf(this.path) !== this.version) this.read();
    } catch {
      // Tried again at the next check.
    }
    this.checkedAt = now;
  }

  private read(): void {
    const version = versionOf(this.path);
    this.keys = version === '' ? [] : keysOf(this.path);
    this.version = version;
    this.checkedAt = this.clock();
  }

  private write(keys: readonly ApiKey[]): void {
    mkdirSync(join(this.path, '..'), { recursive: true });
    const temporary = `${this.path}.${process.pid}.tmp`;
    rmSync(temporary, { force: true });
    writeFileSync(temporary, `${JSON.stringify(keys, undefined, 2)}\n`, { mode: 0o600, flush: true });
    renameSync(temporary, this.path);
    this.read();
  }
}

/** The API key that a request carries. */
export function presentedKey({ authorization, 'x-api-key': apiKey }: IncomingHttpHeaders): string | undefined {
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1];
  return bearer ?? (typeof apiKey === 'string' && apiKey !== '' ? apiKey : undefined);
}

/** A plain SHA-256 is enough: a key is 256 random bits, which nobody finds by trying, unlike a password. */
function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** Changes with the file; empty where there is none. */
function versionOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.ino} ${stat.mtimeMs} ${stat.size}`;
}

function keysOf(path: string): ApiKey[] {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const { message } = cause as Error;
    throw new InputError('KEYS.BAD_FILE', { file: path }, undefined, { ko: `API 키 파일을 읽을 수 없습니다 (${message})`, en: `the file of API keys cannot be read (${message})` }, { cause });
  }
  const parsed = z.array(entry).safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const { field, reason } = explainIssue(parsed.error.issues[0]);
  throw new InputError('KEYS.BAD_FILE', { file: path }, field, reason);
}
