import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { FeedbackSubmitted, ProblemSubmitted } from '@math-labeler/contracts';
import { LlmVoter, openLabelling, readKnowledge } from '@math-labeler/labeler';
import { Voters } from '@math-labeler/labeling';
import { type Absence, type Consultant, type Question } from '@math-labeler/llm';
import { ATTACKS } from '../../../libs/prompt/src/attacks.fixture.js';
import { obedientAnswer } from '../../../libs/prompt/src/gullible-reader.fixture.js';
import { ServiceProcess } from './process.fixture.js';
import { dataFolder } from './server.fixture.js';

const MINUTES = 60_000;
const CONTENT = '윤슬이는 조약돌 17개를 주웠고 동생은 26개를 주웠습니다. 두 사람이 주운 조약돌은 모두 몇 개인가요?';
const NEXT = '윤슬이는 조약돌 18개를 주웠고 동생은 25개를 주웠습니다. 두 사람이 주운 조약돌은 모두 몇 개인가요?';
const everyAttack = ATTACKS.map(({ text }) => text).join('\n');

/** Remembers what it was asked, and does not answer. */
class Listener implements Consultant {
  readonly name = 'listener';
  readonly asked: Question[] = [];

  async consult(question: Question): Promise<Absence> {
    this.asked.push(question);
    return 'unavailable';
  }
}

let folder: string;
let services: ServiceProcess;
const listener = new Listener();

beforeAll(async () => {
  folder = await dataFolder();
  const knowledge = await readKnowledge();
  const labelling = await openLabelling(knowledge, { dataDir: folder, onTraining: () => {}, onNotice: () => {}, signal: new AbortController().signal });
  const voters = new Voters({ ...labelling, llm: new LlmVoter(listener, knowledge.curriculum) });
  services = await ServiceProcess.start(join(folder, 'log.sqlite'), { knowledge, calibration: labelling.calibration, voters });
}, 5 * MINUTES);
afterAll(async () => {
  await services.drain();
  await services.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What the language model was asked about a problem. */
async function askedAbout(id: string, content: string, metadata?: Record<string, unknown>): Promise<Question[]> {
  listener.asked.length = 0;
  await services.submit([ProblemSubmitted.first(id, { id, content, ...(metadata === undefined ? {} : { metadata }) })]);
  await services.quiet();
  return [...listener.asked];
}

test('given metadata full of attacks, then the question is the same to the letter as without metadata', async () => {
  const plain = await askedAbout('plain', CONTENT);
  const metadata = { note: everyAttack, source: everyAttack, [everyAttack]: ATTACKS.map(({ name, text }) => ({ [name]: text })) };
  const attacked = await askedAbout('attacked', CONTENT, metadata);
  expect(plain.length).toBeGreaterThan(0);
  expect(attacked).toEqual(plain);
}, MINUTES);

test('given a reviewer whose name and comment are attacks, then later questions show the reviewed problem and nothing of them', async () => {
  await services.submit([FeedbackSubmitted.first('review', { problem_id: 'plain', correct_labels: { '하위 분류': '[2수01-06-B]' }, reviewer: everyAttack, comment: everyAttack })]);
  await services.quiet();
  const [{ user }] = await askedAbout('next', NEXT);
  expect(user).toContain(`[2수01-06-B] ${CONTENT}`);
  expect(ATTACKS.filter(({ text }) => obedientAnswer(user, text, []) !== undefined).map(({ name }) => name)).toEqual([]);
}, MINUTES);
