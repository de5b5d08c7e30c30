import { jest } from '@jest/globals';
import { Server } from '../../standalone/src/server.fixture.js';
import { lines, MINUTES, OPEN_SET, type Result, results, trainedModel, Workplace } from './mathlabel.fixture.js';

jest.setTimeout(2 * MINUTES);

const place = new Workplace();
let server: Server;
beforeAll(async () => {
  await trainedModel();
  server = await Server.start();
}, 6 * MINUTES);
afterAll(async () => {
  place.remove();
  await server.remove();
});

type ServerOnly = { readonly revision: number; readonly duplicateOf?: string; readonly contested?: boolean };

function withoutServersOwn(result: Result): Result {
  return Object.fromEntries(Object.entries(result).filter(([name]) => !['revision', 'duplicateOf', 'contested'].includes(name))) as unknown as Result;
}

test('the pipeline labels the open set line by line as the command line does, and again on being asked again', async () => {
  const local = await place.run(['label', OPEN_SET, '--mixed']);
  const remote = await place.run(['label', OPEN_SET, '--url', server.url]);
  expect(remote.code).toBe(0);
  expect(results(remote.stdout).map((result) => JSON.stringify(withoutServersOwn(result)))).toEqual(local.stdout.trim().split('\n'));
  for (const result of results(remote.stdout) as (Result & ServerOnly)[]) expect(result.revision).toBe(1);
  expect((await place.run(['label', OPEN_SET, '--url', server.url])).stdout).toBe(remote.stdout);
});

test('a grade told for all is weighed there as it is here', async () => {
  const twins = place.file('twins.jsonl', lines([{ id: 'twin', content: '두 분수의 크기를 비교하여 ○ 안에 >, =, <를 알맞게 써넣으세요.' }]));
  const [local] = results((await place.run(['label', twins, '--grade', '3'])).stdout);
  const [remote] = results((await place.run(['label', twins, '--grade', '3', '--url', server.url])).stdout);
  expect(withoutServersOwn(remote)).toEqual(local);
});

test('an id under which the server knows another problem is a fault of that line alone', async () => {
  await place.run(['label', place.file('first.jsonl', lines([{ id: 'same', content: '3 + 5를 계산하세요.' }])), '--url', server.url]);
  const { code, stdout, stderr } = await place.run(['label', place.file('second.jsonl', lines([{ id: 'other', content: '3 + 6을 계산하세요.' }, { id: 'same', content: '3 + 7을 계산하세요.' }])), '--url', server.url]);
  expect({ code, ids: results(stdout).map(({ id }) => id) }).toEqual({ code: 1, ids: ['other'] });
  expect(stderr).toContain('second.jsonl:2');
});

test('topics are published to and consumed while the server runs', async () => {
  const env = { DATA_DIR: server.folder };
  await place.run(['topics', 'publish', 'problem.submitted.v1'], { env, input: lines([{ id: 'bare', text: '7 + 5를 계산하세요.' }]) });
  const { code, stdout } = await place.run(['topics', 'consume', 'problem.labeled.v1', '--from-beginning', '--until-idle', '3', '--json'], { env });
  expect(code).toBe(0);
  const records = stdout.trim().split('\n').map((line) => JSON.parse(line) as { key: string; value: Result });
  expect(records.find(({ key }) => key === 'bare')?.value).toMatchObject({ id: 'bare', content: '7 + 5를 계산하세요.' });
});
