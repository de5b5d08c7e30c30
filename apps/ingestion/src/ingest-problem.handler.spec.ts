import { type Event, ProblemIngested, ProblemRejected, ProblemSubmitted } from '@math-labeler/contracts';
import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { IngestProblemHandler } from './ingest-problem.handler.js';
import { SqliteSubmissionStore } from './stores/submission.sqlite.js';

const [example] = ProblemSubmitted.examples;
let handler: IngestProblemHandler;
let told: number;

beforeEach(() => {
  const database = openDatabase(':memory:');
  handler = new IngestProblemHandler(new SqliteSubmissionStore({ database, commits: new GroupCommit(database) }), 'mask');
  told = 0;
});

function submitted(data: unknown, id = `e${++told}`): ProblemSubmitted {
  return { ...ProblemSubmitted.first(id, data as ProblemSubmitted['data']), source: 'gateway', time: '2026-03-02T00:00:00.000Z' };
}

async function outcomeOf(event: Event): Promise<unknown> {
  const events = await handler.handle(event as ProblemSubmitted);
  return events.map(({ contract, data }) => ({ [contract.type]: contract.schema.parse(data) }));
}

test('a problem is ingested with its metadata, and follows from its submission', async () => {
  const [ingested] = await handler.handle(submitted(example));
  expect(ingested).toMatchObject({ contract: ProblemIngested, causationId: 'e1', data: { problem: { ...example, text: '100 이하의 수를 읽고 쓰세요.' } } });
  expect(ingested.data).not.toHaveProperty('problem.duplicateOf');
});

test('a pupil’s name and number go back to the sender alone', async () => {
  const content = '한빛초등학교 3학년 2반 17번 김민수\n(010-1234-5678) 지우네 화분 3개와 2개를 더하세요.';
  const [{ data }] = await handler.handle(submitted({ id: '1', content }));
  const { problem } = ProblemIngested.schema.parse(data);
  expect(problem).toMatchObject({ content, text: '[학교] [학급] [이름]\n([전화번호]) 지우네 화분 3개와 2개를 더하세요.' });
  expect(JSON.stringify(problem.keywords)).not.toMatch(/한빛|김민수|1234/);
});

test('an event that comes twice is told of in the same words, under the same id', async () => {
  const event = submitted(example);
  expect(await handler.handle(event)).toEqual(await handler.handle(event));
});

test('the same problem submitted again under its id is told of once', async () => {
  await handler.handle(submitted(example));
  expect(await outcomeOf(submitted(example))).toEqual([]);
});

test('the same words under another id name the first problem, wherever their spaces stand', async () => {
  await handler.handle(submitted({ id: '1', content: '두 수의 합을 구하세요.' }));
  expect(await outcomeOf(submitted({ id: '2', content: ' 두 수의\n합을  구하세요. ' }))).toMatchObject([{ [ProblemIngested.type]: { problem: { id: '2', duplicateOf: '1' } } }]);
});

test('the same words for another grade are another problem', async () => {
  await handler.handle(submitted({ id: '1', content: '두 수의 합을 구하세요.', metadata: { grade: 1 } }));
  const [ingested] = await handler.handle(submitted({ id: '2', content: '두 수의 합을 구하세요.', metadata: { grade: 2 } }));
  expect(ingested.data).not.toHaveProperty('problem.duplicateOf');
});

test('an id that another problem has is rejected, and stays with that one', async () => {
  await handler.handle(submitted({ id: '1', content: '두 수의 합을 구하세요.' }));
  const other = { id: '1', content: '두 수의 차를 구하세요.' };
  expect(await outcomeOf(submitted(other))).toMatchObject([{ [ProblemRejected.type]: { id: '1', code: 'INGESTION.ID_CONFLICT', field: 'id', submitted: other } }]);
  expect(await outcomeOf(submitted({ id: '1', content: '두 수의 합을 구하세요.' }))).toEqual([]);
});

test('a problem without an id has its event’s', async () => {
  expect(await outcomeOf(submitted({ text: '두 수의 합을 구하세요.' }, 'e-9'))).toMatchObject([{ [ProblemIngested.type]: { problem: { id: 'e-9' } } }]);
});

test.each([[null], ['두 수의 합을 구하세요.'], [[1, 2]], [{ id: 5 }]])('%j is rejected with the reason, and comes back as it was', async (value) => {
  expect(await outcomeOf(submitted(value))).toMatchObject([{ [ProblemRejected.type]: { code: expect.stringMatching(/^INGESTION\./), reason: { ko: expect.any(String), en: expect.any(String) }, submitted: value } }]);
});
