import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { MINUTES, Workplace } from './mathlabel.fixture.js';

jest.setTimeout(MINUTES);

const place = new Workplace();
const env = { DATA_DIR: join(place.folder, 'data') };
afterAll(() => place.remove());

test('a key is shown once, kept only as its hash, listed by name, and gone once removed', async () => {
  const added = await place.run(['keys', 'add', '데이터팀', '--role', 'submit'], { env });
  expect(added).toMatchObject({ code: 0, stdout: expect.stringMatching(/^ml_[\w-]{43}\n$/) as string });
  const key = added.stdout.trim();
  expect(added.stderr).not.toContain(key);
  expect(place.read('data/api-keys.json')).not.toContain(key);
  expect(statSync(join(env.DATA_DIR, 'api-keys.json')).mode & 0o777).toBe(0o600);
  expect((await place.run(['keys', 'list'], { env })).stdout).toMatch(/이름 .*\n데이터팀 {2}submit {2}\d{4}-/);
  expect(JSON.parse((await place.run(['keys', 'list', '--json'], { env })).stdout)).toEqual({ name: '데이터팀', role: 'submit', createdAt: expect.any(String) as string });
  expect(await place.run(['keys', 'add', '데이터팀', '--role', 'operate'], { env })).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('이미 있습니다') as string });
  expect(await place.run(['keys', 'remove', '데이터팀'], { env })).toMatchObject({ code: 0, stdout: '' });
  expect(await place.run(['keys', 'remove', '데이터팀'], { env })).toMatchObject({ code: 2, stderr: '그런 키가 없습니다: 데이터팀\n' });
});

test.each([
  ['no role', ['add', 'x'], '--role'],
  ['a role that is none', ['add', 'x', '--role', 'admin'], 'submit, review, operate'],
  ['an empty name', ['add', ' ', '--role', 'submit'], '이름'],
  ['a name that is too long', ['add', 'x'.repeat(101), '--role', 'submit'], '100'],
])('%s is refused by name, and no file is made', async (_, args, named) => {
  const fresh = { DATA_DIR: join(place.folder, 'fresh') };
  const { code, stdout, stderr } = await place.run(['keys', ...args], { env: fresh });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(named);
  expect(existsSync(fresh.DATA_DIR)).toBe(false);
});
