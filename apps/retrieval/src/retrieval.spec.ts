import { type Event, type EventContract, EvidenceRetrieved, FeedbackRecorded, ProblemIngested } from '@math-labeler/contracts';
import { type KnowledgeBase, type Standard } from '@math-labeler/curriculum';
import { type Embedder, openVectors } from '@math-labeler/search';
import { type EmbeddedStore, GroupCommit, openDatabase } from '@math-labeler/storage';
import { type BackgroundOptions } from './background-embedding.js';
import { Knowledge } from './knowledge.js';
import { LearnFromFeedbackHandler } from './learn-from-feedback.handler.js';
import { RetrieveEvidenceHandler } from './retrieve-evidence.handler.js';
import { SqliteLearnedExampleStore } from './stores/learned-example.sqlite.js';

const standards = [
  { code: '2수01-06', domain: '수와 연산', unit: '두 자리 수 범위의 덧셈과 뺄셈', statement: '덧셈과 뺄셈의 계산 원리를 이해하고 그 계산을 할 수 있다.' },
  { code: '6수03-16', domain: '도형과 측정', unit: '원주율과 원의 넓이', statement: '원의 넓이를 구하는 방법을 이해하고, 이를 구할 수 있다.' },
] as Standard[];
const base = {
  curriculum: { standards, byCode: new Map(standards.map((standard) => [standard.code, standard])) },
  examples: [{ id: 't1-1', code: '2수01-06', level: 'B', text: '구슬 23개와 45개를 더하면?', author: 't1' }],
  phrases: [],
} as unknown as KnowledgeBase;

const [{ problem }] = ProblemIngested.examples;
const [recorded] = FeedbackRecorded.examples;
const lake: FeedbackRecorded['data'] = { ...recorded, id: '9', content: '<p>둥근 호수의 크기를 어림하세요.</p>', code: '6수03-16', level: 'A', revision: 2 };

let store: EmbeddedStore;
let open: (meaning?: BackgroundOptions) => Promise<Knowledge>;
let knowledge: Knowledge;
beforeEach(async () => {
  const database = openDatabase(':memory:');
  store = { database, commits: new GroupCommit(database) };
  open = (meaning) => Knowledge.inMemory(base, new SqliteLearnedExampleStore(store), meaning);
  knowledge = await open();
});

function told<Data>(contract: EventContract<Data>, data: Data): Event<Data> {
  return { ...contract.first('e1', data), source: 'test', time: '2026-03-02T00:00:00.000Z' };
}

async function examplesFor(text: string) {
  const [retrieved] = await new RetrieveEvidenceHandler(knowledge).handle(told(ProblemIngested, { problem: { ...problem, text } }));
  return EvidenceRetrieved.schema.parse(retrieved.data).evidence.examples.map(({ id, code, level }) => `${id} ${code}-${level}`);
}

function learn(feedback: Partial<FeedbackRecorded['data']>): Promise<unknown> {
  return new LearnFromFeedbackHandler(knowledge, 'mask').handle(told(FeedbackRecorded, { ...lake, ...feedback }));
}

test('a problem goes on with the standards and examples that are like it', async () => {
  const [retrieved] = await new RetrieveEvidenceHandler(knowledge).handle(told(ProblemIngested, { problem: { ...problem, text: '구슬 5개와 8개를 더하면?' } }));
  expect(retrieved).toMatchObject({ contract: EvidenceRetrieved, data: { problem: { id: problem.id }, evidence: { examples: [{ id: 't1-1' }], candidates: [{ code: '2수01-06' }] } } });
});

test('what a reviewer has said is evidence for the next problem at once, with its text normalised', async () => {
  expect(await examplesFor('둥근 호수의 크기')).toEqual([]);
  await learn({});
  expect(await examplesFor('둥근 호수의 크기')).toEqual(['review:9 6수03-16-A']);
});

test('what a reviewer has said teaches nothing of the pupil whose problem it was', async () => {
  await learn({ content: '한빛초등학교 3학년 2반 17번 김민수: 둥근 호수의 크기를 어림하세요.' });
  const [retrieved] = await new RetrieveEvidenceHandler(knowledge).handle(told(ProblemIngested, { problem: { ...problem, text: '둥근 호수의 크기' } }));
  expect(EvidenceRetrieved.schema.parse(retrieved.data).evidence.examples).toMatchObject([{ text: '[학교] [학급] [이름]: 둥근 호수의 크기를 어림하세요.' }]);
});

test('what reviewers disagree over is evidence for nothing, until they agree', async () => {
  await learn({});
  await learn({ revision: 3, contested: true });
  expect(await examplesFor('둥근 호수의 크기')).toEqual([]);
  await learn({ revision: 4, level: 'C' });
  expect(await examplesFor('둥근 호수의 크기')).toEqual(['review:9 6수03-16-C']);
});

test('the later revision wins, in whatever order they come and however often', async () => {
  await learn({ revision: 3, level: 'C' });
  await learn({ revision: 2, level: 'A' });
  await learn({ revision: 3, level: 'C' });
  expect(await examplesFor('둥근 호수의 크기')).toEqual(['review:9 6수03-16-C']);
});

test('evidence that was withdrawn does not come back with an event that comes late', async () => {
  await learn({ revision: 3, contested: true });
  await learn({ revision: 2 });
  expect(await examplesFor('둥근 호수의 크기')).toEqual([]);
});

test('what was learnt, and what was withdrawn, outlives the process', async () => {
  await learn({});
  await learn({ id: '10', content: '둥근 호수의 크기를 재세요.', contested: true });
  knowledge = await open();
  expect(await examplesFor('둥근 호수의 크기')).toEqual(['review:9 6수03-16-A']);
});

describe('where texts are embedded', () => {
  /** To it, all that speaks of a lake is alike, and all else too. */
  const embedder: Embedder = { name: 'lakes', embed: async (texts) => texts.map((text) => (/호수|lake/.test(text) ? Float32Array.of(1, 0) : Float32Array.of(0, 1))) };
  const meaning = (): BackgroundOptions => ({ embedder, vectors: openVectors(store), onAbsent: () => {} });
  /** Resolves once an example is the first one for a text. */
  async function until(text: string, example: string): Promise<void> {
    const deadline = performance.now() + 4000;
    while ((await examplesFor(text))[0] !== example) {
      if (performance.now() > deadline) throw new Error(`${example} is not the first example for ${text}`);
      await new Promise(setImmediate);
    }
  }

  test('what means the same is evidence too, though no word of it is the same', async () => {
    expect(await examplesFor('xyz')).toEqual([]);
    knowledge = await open(meaning());
    await until('xyz', 't1-1 2수01-06-B');
  });

  test('what a reviewer has said is found by its meaning too, and is still when the process comes again', async () => {
    knowledge = await open(meaning());
    await learn({});
    await until('lake', 'review:9 6수03-16-A');
    knowledge = await open({ ...meaning(), embedder: { ...embedder, embed: async (texts, as) => (as === 'query' ? embedder.embed(texts, as) : Promise.reject(new Error('embedded already'))) } });
    await until('lake', 'review:9 6수03-16-A');
  });
});
