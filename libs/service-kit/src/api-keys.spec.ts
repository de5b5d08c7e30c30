import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiKeys } from './api-keys.js';

let folder: string;
let file: string;
let now = 1_000_000;
const clock = () => now;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'api-keys-'));
  file = join(folder, 'api-keys.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a folder without a file has no keys', () => {
  expect(new ApiKeys(folder).list()).toEqual([]);
  expect(new ApiKeys(folder).find('ml_x')).toBeUndefined();
});

test('a key is found again, is not in the file, and the file is for its owner alone', () => {
  const keys = new ApiKeys(folder, clock);
  const key = keys.add('data team', 'submit');
  expect(key).toMatch(/^ml_[\w-]{43}$/);
  expect(keys.find(key)).toMatchObject({ name: 'data team', role: 'submit', createdAt: new Date(now).toISOString() });
  expect(keys.find(`${key}x`)).toBeUndefined();
  expect(keys.find('')).toBeUndefined();
  expect(readFileSync(file, 'utf8')).not.toContain(key);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a name is taken once, and free again after its key is removed', () => {
  const keys = new ApiKeys(folder);
  const key = keys.add('a', 'submit');
  for (const name of ['', ' ', 'x'.repeat(101)]) expect(() => keys.add(name, 'operate')).toThrow(expect.objectContaining({ code: 'KEYS.BAD_NAME' }));
  expect(() => keys.add('a', 'operate')).toThrow(expect.objectContaining({ code: 'KEYS.NAME_TAKEN' }));
  expect(keys.remove('a')).toBe(true);
  expect(keys.remove('a')).toBe(false);
  expect(keys.find(key)).toBeUndefined();
  keys.add('a', 'operate');
  expect(keys.list()).toMatchObject([{ name: 'a', role: 'operate' }]);
});

test('what another process adds or removes is known within a second', () => {
  const keys = new ApiKeys(folder, clock);
  const other = new ApiKeys(folder, clock);
  const key = other.add('a', 'review');
  now += 1000;
  expect(keys.find(key)).toMatchObject({ role: 'review' });
  other.remove('a');
  now += 1000;
  expect(keys.find(key)).toBeUndefined();
});

test('two processes that add keys leave both', () => {
  const [one, other] = [new ApiKeys(folder, clock), new ApiKeys(folder, clock)];
  const keys = [one.add('a', 'submit'), other.add('b', 'submit')];
  expect(keys.map((key) => new ApiKeys(folder).find(key)?.name)).toEqual(['a', 'b']);
});

test('a file that becomes unreadable while a server runs opens no door, and is refused at a start', () => {
  const keys = new ApiKeys(folder, clock);
  const key = keys.add('a', 'submit');
  writeFileSync(file, '[{"name"');
  now += 1000;
  expect(keys.find(key)).toMatchObject({ name: 'a' });
  expect(keys.list()).toHaveLength(1);
  expect(() => new ApiKeys(folder)).toThrow(expect.objectContaining({ code: 'KEYS.BAD_FILE' }));
  writeFileSync(file, '[{"name":"a","role":"king","hash":"x","createdAt":""}]');
  expect(() => new ApiKeys(folder)).toThrow(expect.objectContaining({ code: 'KEYS.BAD_FILE', field: '[0].role' }));
});
