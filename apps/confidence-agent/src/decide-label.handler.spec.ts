import { type Calibration } from '@math-labeler/confidence';
import { type Event, type EventContract, FeedbackRecorded, type Label, LabelDisputed, LabelProposed, type Problem, ProblemLabeled, ReviewRequested } from '@math-labeler/contracts';
import { LlmCalibrations } from '@math-labeler/labeler';
import { type Curriculum, type Standard } from '@math-labeler/curriculum';
import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { DecideLabelHandler } from './decide-label.handler.js';
import { Judge } from './judgement.js';
import { RememberReviewHandler } from './remember-review.handler.js';
import { SourceProfiles } from './source-profiles.js';
import { SqliteDecisionStore } from './stores/decision.sqlite.js';
import { SqliteSourceMassStore } from './stores/source-mass.sqlite.js';

const standards = [
  { code: '2수01-01', domain: '수와 연산', unit: '네 자리 이하의 수', gradeBand: '1-2', semesters: ['1-1'] },
  { code: '4수01-01', domain: '수와 연산', unit: '다섯 자리 이상의 수', gradeBand: '3-4', semesters: ['4-1'] },
  { code: '6수01-01', domain: '수와 연산', unit: '혼합 계산', gradeBand: '5-6', semesters: ['5-1'] },
] as unknown as Standard[];
const rule = { ko: '규칙', en: 'a rule' };
const curriculum = { standards, byCode: new Map(standards.map((standard) => [standard.code, standard])), confusableRules: () => [{ codes: [], rule }] } as unknown as Curriculum;
const calibration: Calibration = {
  problems: 4000,
  first: { signals: [1, 1], right: [0, 1] },
  second: { signals: [1, 1, 4], right: [0, 1] },
  level: { a: 1, aOrB: 1 },
  operatingPoints: [{ threshold: 0.8, coverage: 0.9, error: 0.03 }],
};

const [example] = LabelProposed.examples;
const plain: Problem = { ...example.problem, metadata: undefined };

let decide: DecideLabelHandler;
let sources: SourceProfiles;
let remember: RememberReviewHandler;
beforeEach(() => {
  const database = openDatabase(':memory:');
  const store = { database, commits: new GroupCommit(database) };
  const decisions = new SqliteDecisionStore(store);
  sources = new SourceProfiles(new SqliteSourceMassStore(store), curriculum);
  decide = new DecideLabelHandler(new Judge(curriculum, calibration, LlmCalibrations.none, 0.03), decisions, sources);
  remember = new RememberReviewHandler(decisions);
});

/** Votes of a model that gives the standards these scores, and of checks that favour one of them. */
function votes(scores: readonly number[], checks: readonly string[] = []): LabelProposed['data']['votes'] {
  return { local: { standards: [...scores], levels: standards.map(({ code }) => ({ code, a: -2, aOrB: 2 })), familiarity: 1 }, neighbours: [0, 0, 0], checks: [...checks], ceiling: 1 };
}

const SURE = votes([4, 0, 0]);
const TORN = votes([0.2, 0, 0]);
const HELPED = votes([0.2, 0, 0], ['2수01-01']);

function told<Data>(contract: EventContract<Data>, data: Data, id: string): Event<Data> {
  return { ...contract.first(id, data), source: 'test', time: '2026-03-02T00:00:00.000Z' };
}

async function propose(problem: Partial<Problem>, cast = SURE, { id = JSON.stringify(problem), look = 'first' as LabelProposed['data']['look'] } = {}) {
  const events = await decide.handle(told(LabelProposed, { ...example, problem: { ...plain, ...problem }, votes: cast, look }, id));
  for (const { contract, data } of events) contract.schema.parse(data);
  return events;
}

async function labelOf(...args: Parameters<typeof propose>): Promise<Label> {
  const labeled = (await propose(...args)).find(({ contract }) => contract === ProblemLabeled);
  return labeled?.data as Label;
}

const typesOf = (events: Awaited<ReturnType<typeof propose>>) => events.map(({ type }) => type);

describe('a problem', () => {
  test('that the votes are sure of is labelled, with what each voter favours and what came with it', async () => {
    expect(await labelOf({ id: '1', metadata: { page: 3 } })).toMatchObject({ id: '1', code: '2수01-01', level: 'B', decision: 'accepted', decidedBy: 'votes', revision: 1, metadata: { page: 3 }, votes: [{ voter: 'local' }, { voter: 'neighbours' }, { voter: 'checks' }] });
  });

  test('that they are not sure of is disputed once, over the best standards and with what tells them apart', async () => {
    const [disputed, ...rest] = await propose({ id: '1' }, TORN);
    expect(rest).toEqual([]);
    expect(disputed).toMatchObject({ contract: LabelDisputed, data: { problem: { id: '1' }, shortList: ['2수01-01', '4수01-01', '6수01-01'], threshold: 0.8, rules: [rule] } });
  });

  test('whose second look is sure is accepted by it', async () => {
    expect(await labelOf({ id: '1' }, HELPED, { look: 'second' })).toMatchObject({ decision: 'accepted', decidedBy: 'second look' });
  });

  test('whose second look is not sure either is labelled for a person to review, who is asked', async () => {
    const [labeled, asked] = await propose({ id: '1' }, TORN, { look: 'second' });
    expect(labeled).toMatchObject({ contract: ProblemLabeled, data: { decision: 'review' } });
    expect(asked).toMatchObject({ contract: ReviewRequested, data: { id: '1', code: '2수01-01', alternatives: [{ code: '4수01-01' }, { code: '6수01-01' }] } });
  });

  test('that lacks the levels of its standard is looked at again, however sure the standard is', async () => {
    const withoutLevels = { ...SURE, local: { ...SURE.local, levels: [] } };
    expect(typesOf(await propose({ id: '1' }, withoutLevels))).toEqual([LabelDisputed.type]);
  });

  test('that votes of another curriculum are on is refused', async () => {
    await expect(propose({ id: '1' }, votes([1, 2]))).rejects.toThrow(RangeError);
  });
});

describe('an event that comes again', () => {
  test('is told of in the same words, under the same ids', async () => {
    const events = await propose({ id: '1' }, TORN, { look: 'second', id: 'e2' });
    expect(await propose({ id: '1' }, TORN, { look: 'second', id: 'e2' })).toEqual(events);
  });

  test('is told of as it was decided then, whatever would be decided now', async () => {
    const first = await propose({ id: '1', metadata: { source: '문제집' } }, SURE, { id: 'e1' });
    for (let i = 0; i < 30; i++) await sources.count('문제집', String(i), [0, 0, 1]);
    expect(await propose({ id: '1', metadata: { source: '문제집' } }, SURE, { id: 'e1' })).toEqual(first);
  });

  test('as a first look after the second has decided tells of nothing: the label has its id already', async () => {
    await propose({ id: '1' }, TORN, { id: 'e1' });
    await propose({ id: '1' }, HELPED, { id: 'e2', look: 'second' });
    expect(await propose({ id: '1' }, TORN, { id: 'e1' })).toEqual([]);
  });
});

describe('a problem in the words of an earlier one', () => {
  const again = { id: '2', duplicateOf: '1', content: '같은 문제', metadata: { page: 9 } };

  test('is answered with that one’s label, and says so', async () => {
    await propose({ id: '1', metadata: { page: 3 } });
    expect(await labelOf(again, votes([0, 4, 0]))).toMatchObject({ id: '2', content: '같은 문제', code: '2수01-01', duplicateOf: '1', revision: 1, metadata: { page: 9 } });
  });

  test('does not get the other one’s metadata', async () => {
    await propose({ id: '1', metadata: { page: 3 } });
    expect((await labelOf({ ...again, metadata: undefined })).metadata).toBeUndefined();
  });

  test('is answered with what a reviewer has made of it since', async () => {
    await propose({ id: '1' });
    await remember.handle(told(FeedbackRecorded, { ...FeedbackRecorded.examples[0], id: '1', code: '6수01-01', level: 'C', reviewer: 'kim', revision: 2 }, 'f1'));
    expect(await labelOf(again)).toMatchObject({ id: '2', code: '6수01-01', level: 'C', decidedBy: 'reviewer', decision: 'corrected', revision: 1, confidence: 1, duplicateOf: '1' });
  });

  test('is for a person to review where reviewers disagree over the earlier one', async () => {
    await propose({ id: '1' });
    await remember.handle(told(FeedbackRecorded, { ...FeedbackRecorded.examples[0], id: '1', contested: true, revision: 3 }, 'f1'));
    expect(typesOf(await propose(again))).toEqual([ProblemLabeled.type, ReviewRequested.type]);
  });

  test('is decided by its own votes while the earlier one has no label', async () => {
    expect(await labelOf(again, votes([0, 4, 0]))).toMatchObject({ code: '4수01-01', duplicateOf: '1' });
  });

  test('keeps the answer that it got, whatever reviewers say of the earlier one later', async () => {
    await propose({ id: '1' });
    const first = await propose(again);
    await remember.handle(told(FeedbackRecorded, { ...FeedbackRecorded.examples[0], id: '1', code: '6수01-01', revision: 2 }, 'f1'));
    expect(await propose(again)).toEqual(first);
  });
});

describe('what is known beside the text', () => {
  const between = votes([0, 3, 3.2]);
  const teach = async () => {
    for (let i = 0; i < 30; i++) await sources.count('문제집', String(i), [0, 1, 0]);
  };

  test('a source’s profile decides between standards, and the label names its version', async () => {
    await teach();
    expect(await labelOf({ id: '1', metadata: { source: '문제집' } }, between)).toMatchObject({ code: '4수01-01', context: { kind: 'source profile', version: 30, without: '6수01-01' } });
  });

  test('a told grade is believed before the source’s profile', async () => {
    await teach();
    const { code, context } = await labelOf({ id: '1', metadata: { source: '문제집', grade: '5학년' } }, between);
    expect([code, context]).toEqual(['6수01-01', { kind: 'told grade', value: '5학년' }]);
  });

  test.each([[undefined], [{ grade: 'M1' }], [{ source: ' ' }], [{ source: '처음 보는 문제집' }]])('%j is no context', async (metadata) => {
    expect(await labelOf({ id: '1', metadata }, between, { look: 'second' })).not.toHaveProperty('context');
  });

  test('a decided problem counts for its source once, and one that is disputed only when it is decided', async () => {
    const problem = { id: '1', metadata: { source: '문제집' } };
    await propose(problem, TORN, { id: 'e1' });
    expect(await sources.of('문제집')).toBeUndefined();
    await propose(problem, HELPED, { id: 'e2', look: 'second' });
    await propose(problem, HELPED, { id: 'e2', look: 'second' });
    expect((await sources.of('문제집'))?.profile.problems).toBe(1);
  });

  test('a problem whose grade is told teaches nothing of its source', async () => {
    await propose({ id: '1', metadata: { source: '문제집', grade: 1 } });
    expect(await sources.of('문제집')).toBeUndefined();
  });
});
