import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { mongoUri, sharedMongo } from '../../../tools/test-servers/index.mjs';
import { lines, MINUTES, type Run, Workplace } from './mathlabel.fixture.js';

jest.setTimeout(2 * MINUTES);

const shared = await sharedMongo();
const CATEGORY = { 대분류: '수와 연산', 중분류: '네 자리 이하의 수', '하위 분류': '[2수01-01-A]' };
const problem = (id: string, content: string, level = 'A') => ({ id, content, category: { ...CATEGORY, '하위 분류': `[2수01-01-${level}]` } });
const first = [problem('1', '운동장에 깃발이 열두 개 꽂혀 있어요. 하나씩 세어 적어 보세요.'), problem('2', '서랍 속 단추를 모두 세면 몇 개인지 두 가지로 읽어 보세요.', 'B')];
const second = [problem('3', '별 스티커를 열 장씩 묶으면 몇 묶음이고 몇 장이 남는지 말해 보세요.', 'C')];

let place: Workplace;
beforeEach(() => (place = new Workplace()));
afterEach(() => place.remove());

test('what is imported is a version, which can be compared, exported, taken back and brought again', async () => {
  const env = { MONGODB_URI: '', DATA_DIR: join(place.folder, 'data') };
  const knowledge = (...args: string[]): Promise<Run> => place.run(['knowledge', ...args], { env });
  expect(await knowledge('import', place.file('a.json', JSON.stringify(first)))).toMatchObject({ code: 0, stdout: expect.stringMatching(/읽은 문제 2 · 들어갈 문제 2 · 오류 0[^]*2개를 가져왔습니다: 버전 [0-9a-f]{16} \(이전 shipped\)/) as string });
  expect(await knowledge('import', place.file('b.jsonl', lines(second)))).toMatchObject({ code: 0 });
  expect(await knowledge('import', place.file('again.jsonl', lines(first)))).toMatchObject({ code: 0, stdout: expect.stringContaining('새로운 것이 없어') as string });

  const listed = (await knowledge('versions', '--json')).stdout.trim().split('\n').map((line) => JSON.parse(line) as object);
  expect(listed).toMatchObject([
    { number: 0, id: 'shipped', isPresent: false },
    { number: 1, parent: 'shipped', rows: 2, added: 2, sources: [{ name: 'a.json', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string }], isPresent: false },
    { number: 2, rows: 3, added: 1, isPresent: true },
  ]);
  expect((await knowledge('diff', '0', '1')).stdout.split('\n').filter((line) => line.startsWith('+ [2수01-01-')).sort()).toHaveLength(2);
  expect(await knowledge('diff', '2', '1', '--json')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^{"change":"removed","id":"3"/) as string });
  expect(await knowledge('rollback', '1')).toMatchObject({ code: 0, stderr: expect.stringContaining('지금 버전은') as string });

  await knowledge('export', '2', '--out', join(place.folder, 'all.csv'));
  expect(await knowledge('import', 'all.csv', '--json')).toMatchObject({ code: 0, stdout: expect.stringMatching(/"outcome": "imported"/) as string });
  expect((await knowledge('export')).stdout.trim().split('\n').map((line) => (JSON.parse(line) as { id: string }).id).sort()).toEqual(['1', '2', '3']);
  expect(await knowledge('show', '1')).toMatchObject({ code: 0, stdout: expect.stringMatching(/분류의 균형.*\n.*수와 연산 +\d+.*█/) as string });
});

(shared === undefined ? test.skip : test)('in MongoDB, once it is migrated, the same is there for every process', async () => {
  const env = { MONGODB_URI: mongoUri(shared!, `spec-${randomUUID()}`), DATA_DIR: join(place.folder, 'data') };
  const knowledge = (...args: string[]): Promise<Run> => place.run(['knowledge', ...args], { env });
  expect(await knowledge('import', place.file('a.json', JSON.stringify(first)))).toMatchObject({ code: 2, stderr: expect.stringContaining('mathlabel db migrate') as string });
  await place.run(['db', 'migrate'], { env });
  expect(await knowledge('import', 'a.json')).toMatchObject({ code: 0 });
  expect(await knowledge('diff', '0', '1')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^(\+ \[2수01-01-.*\n){2}$/) as string });
  expect(await knowledge('rollback', '0')).toMatchObject({ code: 0, stderr: expect.stringContaining('지금 버전은 shipped') as string });
  expect(existsSync(env.DATA_DIR)).toBe(false);
});

test('a file with a single error is not imported, every error is named with its place, and --skip-faulty imports the others', async () => {
  const env = { MONGODB_URI: '', DATA_DIR: join(place.folder, 'data') };
  const gold = '방울토마토는 몇 개인가요? 세어서 수로 쓰고, 그 수를 두 가지 방법으로 읽어 보세요. [그림: 접시 위에 놓인 방울토마토 8개]';
  const rows = [...first, { id: '9', content: '없는 코드', category: { '하위 분류': '[2수09-01-A]' } }, problem('10', gold), problem('11', first[0].content, 'C')];
  const file = place.file('a.jsonl', lines(rows));

  const refused = await place.run(['knowledge', 'import', file, '--errors', 'found.csv'], { env });
  expect(refused).toMatchObject({ code: 2, stdout: expect.stringMatching(/교육과정에 없는 코드: 1\n.*a\.jsonl:3 [^]*평가 문제와 같음: 1\n.*a\.jsonl:4 [^]*같은 글에 다른 라벨 \(파일 안\): 1\n.*a\.jsonl:5 [^]*아무것도 가져오지 않았습니다/) as string });
  expect(place.read('found.csv').trim().split('\n')).toHaveLength(4);
  expect((await place.run(['knowledge', 'versions', '--json'], { env })).stdout.trim().split('\n')).toHaveLength(1);

  expect(await place.run(['knowledge', 'import', file, '--skip-faulty'], { env })).toMatchObject({ code: 1, stdout: expect.stringContaining('1개를 가져왔습니다') as string });
});

test('a rehearsal and a look leave no file behind, and English is spoken where it is asked for', async () => {
  const env = { MONGODB_URI: '', DATA_DIR: join(place.folder, 'data') };
  const file = place.file('a.jsonl', lines(first));
  expect(await place.run(['knowledge', 'import', file, '--dry-run', '--lang', 'en'], { env })).toMatchObject({ code: 0, stdout: expect.stringMatching(/2 problems read[^]*--dry-run: nothing was changed/) as string });
  expect(await place.run(['knowledge', 'diff', '0', '7', '--lang', 'en'], { env })).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no such version') as string });
  expect(existsSync(env.DATA_DIR)).toBe(false);
});

test('interrupted while it imports, it has changed nothing, and the same import then goes through', async () => {
  const env = { MONGODB_URI: '', DATA_DIR: join(place.folder, 'data') };
  const many = Array.from({ length: 20_000 }, (_, i) => problem(String(i), `${i}번 상자에 든 구슬 ${i * 7 + 13}개를 세어 적고 ${i + 3}개를 더 세어 보세요.`));
  const file = place.file('many.jsonl', lines(many));
  const stopped = await place.run(['knowledge', 'import', file], {
    env,
    during: async (child, said) => {
      const deadline = Date.now() + MINUTES;
      while (!said().includes('저장하기') && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
      child.kill('SIGINT');
    },
  });
  expect(stopped.code).toBe(130);
  expect((await place.run(['knowledge', 'versions', '--json'], { env })).stdout.trim().split('\n')).toHaveLength(1);
  expect(await place.run(['knowledge', 'import', file], { env })).toMatchObject({ code: 0, stdout: expect.stringContaining('20000개를 가져왔습니다') as string });
});
