import { type Event, type EventContract, FeedbackRecorded, FeedbackRejected, FeedbackSubmitted, type Label, ProblemLabeled, TransientError } from '@math-labeler/contracts';
import { type Curriculum, type Standard } from '@math-labeler/curriculum';
import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { KeepLabelHandler } from './keep-label.handler.js';
import { RecordFeedbackHandler } from './record-feedback.handler.js';
import { SqliteReviewStore } from './stores/review.sqlite.js';

const standards = [
  { code: '2수01-01', domain: '수와 연산', unit: '네 자리 이하의 수' },
  { code: '2수01-02', domain: '수와 연산', unit: '네 자리 이하의 수' },
] as Standard[];
const curriculum = { standards, byCode: new Map(standards.map((standard) => [standard.code, standard])) } as unknown as Curriculum;
const [own] = ProblemLabeled.examples;
const PATIENCE = 3;

let reviews: SqliteReviewStore;
let record: RecordFeedbackHandler;
beforeEach(async () => {
  const database = openDatabase(':memory:');
  reviews = new SqliteReviewStore({ database, commits: new GroupCommit(database) });
  record = new RecordFeedbackHandler(reviews, curriculum, PATIENCE);
  await new KeepLabelHandler(reviews).handle(told(ProblemLabeled, own));
});

function told<Data>(contract: EventContract<Data>, data: Data, id = 'e0'): Event<Data> {
  return { ...contract.first(id, data), source: 'test', time: '2026-03-02T00:00:00.000Z' };
}

async function answer(data: unknown, id = JSON.stringify(data), tries = 1): Promise<Record<string, never>> {
  const events = await record.handle(told(FeedbackSubmitted, data as FeedbackSubmitted['data'], id), { signal: new AbortController().signal, tries });
  return Object.fromEntries(events.map(({ contract, data: fact }) => [contract.type, contract.schema.parse(fact)])) as Record<string, never>;
}

const says = (reviewer: string, label: string) => ({ problem_id: own.id, reviewer, correct_labels: { '하위 분류': `[${label}]` } });
const labeled = async (feedback: unknown) => (await answer(feedback))[ProblemLabeled.type] as Label;
const faultOf = async (feedback: unknown, tries = 1) => {
  const { code, field, id } = (await answer(feedback, 'e1', tries))[FeedbackRejected.type] as { code: string; field?: string; id: string };
  return [code, field, id];
};

describe('a reviewer’s answer', () => {
  test('that corrects a label becomes its next revision, and is recorded beside what the labeller had said', async () => {
    const events = await answer({ ...says('kim', '2수01-02-C'), comment: '자릿값' });
    expect(events[ProblemLabeled.type]).toMatchObject({ id: own.id, code: '2수01-02', level: 'C', revision: 2, decision: 'corrected', decidedBy: 'reviewer', reviewer: 'kim', confidence: 1, metadata: own.metadata, votes: own.votes });
    expect(events[FeedbackRecorded.type]).toEqual({
      id: own.id, content: own.content, code: '2수01-02', level: 'C', verdict: 'corrected', contested: false, revision: 2, reviewer: 'kim', heldBy: 'kim', comment: '자릿값',
      answer: { code: '2수01-02', level: 'C' }, labeled: { code: own.code, level: own.level },
    });
  });

  test('that confirms a label is one for it', async () => {
    const events = await answer({ problem_id: own.id, confirm: true });
    expect(events[FeedbackRecorded.type]).toMatchObject({ verdict: 'confirmed', code: own.code, level: own.level, reviewer: 'anonymous' });
    expect(events[ProblemLabeled.type]).toMatchObject({ revision: 2, decision: 'accepted', confidence: 1 });
  });

  test('that confirms is about what holds when it comes', async () => {
    await answer(says('kim', '2수01-02-C'));
    const events = await answer({ problem_id: own.id, confirm: true, reviewer: 'lee' });
    expect(events[FeedbackRecorded.type]).toMatchObject({ code: '2수01-02', level: 'C', contested: false, answer: { code: '2수01-02', level: 'C' } });
  });

  test('that comes again gives the same, whatever has come since', async () => {
    const confirm = { problem_id: own.id, confirm: true, reviewer: 'kim' };
    const first = await answer(confirm);
    await answer(says('lee', '2수01-02-C'));
    await answer(says('park', '2수01-02-C'));
    expect(await answer(confirm)).toEqual(first);
  });

  test('that differs from another reviewer’s contests the label, a third one settles it, and every one of them is kept', async () => {
    expect(await labeled(says('kim', '2수01-02-C'))).not.toHaveProperty('contested');
    expect(await labeled(says('lee', '2수01-01-B'))).toMatchObject({ contested: true, decision: 'review', code: '2수01-01', level: 'B', revision: 3, confidence: own.confidence });
    expect(await labeled(says('park', '2수01-02-C'))).toMatchObject({ decision: 'corrected', code: '2수01-02', level: 'C', revision: 4, confidence: 1 });
    expect((await reviews.answers(own.id)).map(({ reviewer }) => reviewer)).toEqual(['kim', 'lee', 'park']);
  });

  test('replaces the one that the same reviewer gave before', async () => {
    await answer(says('kim', '2수01-02-C'));
    const second = await labeled(says('kim', '2수01-01-C'));
    expect(second).toMatchObject({ code: '2수01-01', level: 'C', revision: 3 });
    expect(second).not.toHaveProperty('contested');
  });

  test('that is outvoted is recorded as it is, and the label names who is right', async () => {
    await answer(says('kim', '2수01-02-C'));
    await answer(says('park', '2수01-02-C'));
    const events = await answer(says('lee', '2수01-01-B'));
    expect(events[FeedbackRecorded.type]).toMatchObject({ code: '2수01-02', level: 'C', reviewer: 'lee', heldBy: 'park', answer: { code: '2수01-01', level: 'B' } });
    expect(events[ProblemLabeled.type]).toMatchObject({ code: '2수01-02', level: 'C', reviewer: 'park', revision: 4 });
  });
});

describe('an answer that cannot be used', () => {
  test('about a problem whose label may be on its way is tried again, and then rejected', async () => {
    const stranger = { problem_id: 404, confirm: true };
    for (let tries = 1; tries <= PATIENCE; tries++) await expect(answer(stranger, 'e1', tries)).rejects.toThrow(TransientError);
    expect(await faultOf(stranger, PATIENCE + 1)).toEqual(['FEEDBACK.UNKNOWN_PROBLEM', 'problem_id', '404']);
  });

  test.each<[string, unknown, string, string | undefined, string]>([
    ['a standard that there is not', says('kim', '9수01-01-B'), 'UNKNOWN_CODE', 'correct_labels.하위 분류', own.id],
    ['what is no standard', says('kim', 'B'), 'BAD_CODE', 'correct_labels.하위 분류', own.id],
    ['a domain that is not the standard’s', { problem_id: own.id, correct_labels: { 대분류: '도형과 측정', '하위 분류': '[2수01-01-B]' } }, 'CONTRADICTION', 'correct_labels.대분류', own.id],
    ['a confirmation beside another label', { ...says('kim', '2수01-01-B'), confirm: true }, 'ONE_ANSWER', 'correct_labels', own.id],
    ['neither', { problem_id: own.id }, 'ONE_ANSWER', 'correct_labels', own.id],
    ['a field of another kind', { problem_id: own.id, confirm: 'yes' }, 'BAD_FIELD', 'confirm', own.id],
    ['no problem', { confirm: true }, 'BAD_FIELD', 'problem_id', 'e1'],
    ['a problem that is no id', { problem_id: { a: 1 }, confirm: true }, 'BAD_FIELD', 'problem_id', 'e1'],
    ['no object', 'confirm', 'BAD_FIELD', undefined, 'e1'],
    ['nothing', null, 'BAD_FIELD', undefined, 'e1'],
  ])('with %s is rejected at once, and the field is named', async (_, feedback, code, field, id) => {
    expect(await faultOf(feedback)).toEqual([`FEEDBACK.${code}`, field, id]);
    expect(await reviews.answers(own.id)).toEqual([]);
  });
});

describe('the label that reviewers answer to', () => {
  test('is the labeller’s own, not a reviewer’s revision of it', async () => {
    await new KeepLabelHandler(reviews).handle(told(ProblemLabeled, { ...own, id: '2', revision: 2 }));
    expect(await reviews.label('2')).toBeUndefined();
  });

  test('of a problem in the words of a contested one is not contested itself, once its own reviewer has answered', async () => {
    await new KeepLabelHandler(reviews).handle(told(ProblemLabeled, { ...own, id: '2', contested: true, duplicateOf: '1', decidedBy: 'reviewer', decision: 'review' }));
    const label = await labeled({ ...says('kim', '2수01-02-C'), problem_id: '2' });
    expect(label).not.toHaveProperty('contested');
  });
});
