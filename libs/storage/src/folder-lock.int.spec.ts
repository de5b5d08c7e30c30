import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type InputError } from '@math-labeler/curriculum';
import { lockFolder } from './folder-lock.js';

/** What lockFolder does, in a process of its own: it takes the lock, says so and waits. */
const HOLDER = `
  import { DatabaseSync } from '@photostructure/sqlite';
  const file = new DatabaseSync(process.argv[1], { timeout: 0 });
  file.exec('BEGIN EXCLUSIVE');
  console.log('locked');
  setInterval(() => file.isOpen, 1000);
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'storage-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function refusal(path = folder): InputError | undefined {
  try {
    lockFolder(path).release();
    return undefined;
  } catch (error) {
    return error as InputError;
  }
}

test('a folder is taken once, and again after it was released', () => {
  const lock = lockFolder(folder);
  expect(refusal()).toMatchObject({ name: 'InputError', code: 'STORAGE.IN_USE', place: { file: folder }, reason: { ko: expect.stringMatching(/서버/), en: expect.stringMatching(/already/) } });
  lock.release();
  lock.release();
  expect(refusal()).toBeUndefined();
});

test('a folder that cannot be made is refused', () => {
  writeFileSync(join(folder, 'a-file'), '');
  expect(refusal(join(folder, 'a-file'))?.code).toBe('STORAGE.CANNOT_LOCK');
});

test('a folder that another process holds is refused, and free once that process has been killed', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', HOLDER, join(folder, 'in-use.lock')], { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    await once(child.stdout, 'data');
    expect(refusal()?.code).toBe('STORAGE.IN_USE');
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
  expect(refusal()).toBeUndefined();
}, 30_000);
