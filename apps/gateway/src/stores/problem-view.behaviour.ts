import { type Label, ProblemLabeled } from '@math-labeler/contracts';
import { type LabeledProblem, type ProblemViewStore } from './problem-view.store.js';

const AT = '2026-03-01T00:00:00.000Z';
const REFUSAL = { code: 'INGESTION.EMPTY_TEXT', field: 'content', reason: { ko: '비어 있습니다', en: 'is empty' } };
const FAILURE = { code: 'BUG', reason: 'boom', service: 'retrieval', topic: 'problem.ingested.v1' };
const TRAIL = [{ type: 'problem.submitted.v1', time: AT }, { type: 'problem.ingested.v1', time: AT }];

function labeled(id: string, given: Partial<Label> = {}): LabeledProblem {
  return { label: { ...(ProblemLabeled.examples[0] as Label), id, ...given }, at: AT, trail: TRAIL };
}

const submission = (id: string, eventId = `event-${id}`) => ({ id, eventId, content: `문제 ${id}`, metadata: { grade: '1' }, at: AT });

/** What every adapter of the read model does. */
export function describeProblemViewStore(name: string, open: () => ProblemViewStore | Promise<ProblemViewStore>): void {
  describe(name, () => {
    let store: ProblemViewStore;
    beforeEach(async () => {
      store = await open();
    });
    const view = async (id: string) => (await store.views([id]))[0]!;

    test('knows nothing of what nobody told', async () => {
      expect(await store.known(['1'])).toEqual([undefined]);
      expect(await store.views(['1'])).toEqual([undefined]);
      expect(await store.list({ limit: 5 })).toEqual({ rows: [] });
      expect(await store.countPending()).toBe(0);
    });

    test('a submitted problem is pending; told again, nothing changes', async () => {
      expect(await store.submitted(submission('1'))).toMatchObject({ status: 'pending', pending: 1, isNews: true });
      expect(await store.submitted(submission('1'))).toMatchObject({ status: 'pending', pending: 0, isNews: false });
      expect(await store.known(['2', '1'])).toEqual([undefined, { id: '1', status: 'pending', revision: 0, eventId: 'event-1', content: '문제 1', metadata: { grade: '1' }, submittedAt: AT }]);
      expect(await store.countPending()).toBe(1);
    });

    test('a second submission under an id changes nothing of the first', async () => {
      await store.submitted(submission('1'));
      await store.submitted({ ...submission('1', 'another'), content: '다른 문제' });
      expect(await store.known(['1'])).toMatchObject([{ eventId: 'event-1', content: '문제 1' }]);
    });

    test('a label finishes a problem, once', async () => {
      await store.submitted(submission('1'));
      expect(await store.labeled(labeled('1'))).toEqual({ status: 'accepted', revision: 1, pending: -1, isNews: true });
      expect(await store.labeled(labeled('1'))).toEqual({ status: 'accepted', revision: 1, pending: 0, isNews: false });
      expect(await store.countPending()).toBe(0);
      const { label, trail, revisions, content } = await view('1');
      expect(JSON.parse(label!)).toEqual(labeled('1').label);
      expect(trail).toEqual([...TRAIL, { type: 'problem.labeled.v1', time: AT }]);
      expect(revisions).toEqual([{ revision: 1, code: '2수01-01', level: 'A', decision: 'accepted', decidedBy: 'votes', at: AT }]);
      expect(content).toBe('문제 1');
    });

    test('a label may come before its submission, which then does not make it pending', async () => {
      expect(await store.labeled(labeled('1'))).toMatchObject({ status: 'accepted', pending: 0, isNews: true });
      expect(await view('1')).toMatchObject({ content: labeled('1').label.content, submittedAt: AT });
      expect(await store.submitted(submission('1'))).toMatchObject({ status: 'accepted', pending: 0 });
      expect(await view('1')).toMatchObject({ status: 'accepted', eventId: 'event-1', content: '문제 1' });
    });

    test('the highest revision holds, in whatever order they come, and all are kept', async () => {
      const second = labeled('1', { revision: 2, level: 'B', decision: 'corrected', decidedBy: 'reviewer', reviewer: 'kim', contested: true });
      await store.labeled(second);
      expect(await store.labeled(labeled('1'))).toMatchObject({ status: 'corrected', revision: 2, isNews: true });
      const { status, label, revisions } = await view('1');
      expect([status, (JSON.parse(label!) as Label).revision]).toEqual(['corrected', 2]);
      expect(revisions).toMatchObject([{ revision: 1 }, { revision: 2, reviewer: 'kim', contested: true }]);
    });

    test('a rejection finishes a problem; one that comes before or after its submission alike', async () => {
      await store.submitted(submission('1'));
      expect(await store.rejected({ id: '1', submittedBy: 'event-1', ...REFUSAL })).toMatchObject({ status: 'rejected', pending: -1 });
      expect(await store.rejected({ id: '1', submittedBy: 'event-1', ...REFUSAL })).toMatchObject({ status: 'rejected', pending: 0 });
      await store.rejected({ id: '2', submittedBy: 'event-2', ...REFUSAL });
      expect(await store.submitted(submission('2'))).toMatchObject({ status: 'rejected', pending: 0 });
      expect([await view('1'), await view('2')]).toMatchObject([{ status: 'rejected', rejection: REFUSAL, content: '문제 1' }, { status: 'rejected', rejection: REFUSAL, content: '문제 2' }]);
    });

    test('a rejection of another submission under the id, and one after the label, change nothing', async () => {
      await store.submitted(submission('1'));
      expect(await store.rejected({ id: '1', submittedBy: 'another', ...REFUSAL })).toMatchObject({ status: 'pending', pending: 0 });
      await store.labeled(labeled('1'));
      expect(await store.rejected({ id: '1', submittedBy: 'event-1', ...REFUSAL })).toMatchObject({ status: 'accepted' });
      expect((await view('1')).rejection).toBeUndefined();
    });

    test('a failure is no end: a label that comes after it holds, and no failure undoes a label or a rejection', async () => {
      await store.submitted(submission('1'));
      expect(await store.failed('1', FAILURE)).toMatchObject({ status: 'failed', pending: -1 });
      expect(await view('1')).toMatchObject({ status: 'failed', failure: FAILURE });
      expect(await store.labeled(labeled('1'))).toMatchObject({ status: 'accepted', pending: 0 });
      expect(await store.failed('1', FAILURE)).toMatchObject({ status: 'accepted', pending: 0 });
      expect((await view('1')).failure).toBeUndefined();
      await store.rejected({ id: '2', ...REFUSAL });
      expect(await store.failed('2', FAILURE)).toMatchObject({ status: 'rejected' });
    });

    test('a failure may come before anything else', async () => {
      expect(await store.failed('1', FAILURE)).toMatchObject({ status: 'failed', pending: 0 });
      expect(await store.submitted(submission('1'))).toMatchObject({ status: 'failed', pending: 0 });
      expect(await view('1')).toMatchObject({ status: 'failed', content: '문제 1' });
    });

    test('failed problems are revived by the topic of their letters, or all', async () => {
      for (const [id, topic] of [['1', 'a'], ['2', 'b'], ['3', 'b']]) {
        await store.submitted(submission(id));
        await store.failed(id, { ...FAILURE, topic });
      }
      expect(await store.revived('a')).toBe(1);
      expect(await store.known(['1', '2'])).toMatchObject([{ status: 'pending' }, { status: 'failed' }]);
      expect(await store.revived()).toBe(2);
      expect(await store.countPending()).toBe(3);
      expect((await view('1')).failure).toBeUndefined();
    });

    test('a refused answer of a reviewer is kept with the problem', async () => {
      await store.labeled(labeled('1'));
      await store.feedbackRefused('1', REFUSAL);
      await store.feedbackRefused('unknown', REFUSAL);
      expect(await view('1')).toMatchObject({ status: 'accepted', refusedFeedback: REFUSAL });
      expect(await store.known(['unknown'])).toEqual([undefined]);
    });

    test('lists are newest first, filtered, and each page goes on where the last one ended, whatever has come in between', async () => {
      for (const id of ['1', '2', '3', '4', '5']) await store.submitted(submission(id));
      await store.labeled(labeled('2', { confidence: 0.5 }));
      await store.labeled(labeled('4', { confidence: 0.9, code: '4수01-01' }));
      const ids = async (query: Omit<Parameters<ProblemViewStore['list']>[0], 'limit'>) => (await store.list({ limit: 10, ...query })).rows.map(({ id }) => id);
      expect(await ids({})).toEqual(['5', '4', '3', '2', '1']);
      expect(await ids({ status: 'accepted' })).toEqual(['4', '2']);
      expect(await ids({ standard: '4수01-01' })).toEqual(['4']);
      expect(await ids({ minConfidence: 0.5 })).toEqual(['4', '2']);
      expect(await ids({ status: 'accepted', standard: '2수01-01', minConfidence: 0.51 })).toEqual([]);
      const page = await store.list({ limit: 2 });
      await store.submitted(submission('6'));
      const rest = await store.list({ limit: 3, cursor: page.next });
      expect([page.rows.map(({ id }) => id), rest.rows.map(({ id }) => id), rest.next]).toEqual([['5', '4'], ['3', '2', '1'], undefined]);
      expect(rest.rows[1]).toEqual({ id: '2', status: 'accepted', content: '문제 2', code: '2수01-01', level: 'A', confidence: 0.5, submittedAt: AT, labeledAt: AT });
    });

    test('reviews are least certain first, of the label that holds, page by page over equal ones', async () => {
      for (const [id, confidence] of [['1', 0.7], ['2', 0.3], ['3', 0.3], ['4', 0.1]] as const) await store.labeled(labeled(id, { decision: 'review', confidence }));
      await store.labeled(labeled('4', { revision: 2, decision: 'accepted' }));
      await store.labeled(labeled('5'));
      const first = await store.reviews({ limit: 1 });
      const rest = await store.reviews({ limit: 5, cursor: first.next });
      expect([...first.rows, ...rest.rows].map(({ id }) => id)).toEqual(['2', '3', '1']);
      expect(rest.next).toBeUndefined();
    });

    test('the same events, each of them twice and in whatever order, end in the same view', async () => {
      const steps = (id: string): (() => Promise<unknown>)[] => [
        () => store.submitted(submission(id, 'event')),
        () => store.labeled(labeled(id)),
        () => store.labeled(labeled(id, { revision: 2, level: 'C', decision: 'review' })),
        () => store.failed(id, FAILURE),
      ];
      const orders = permutations([0, 1, 2, 3]).map((order) => [...order, ...order]);
      for (const [i, order] of orders.entries()) for (const step of order) await steps(`p${i}`)[step]();
      const views = await store.views(orders.map((_, i) => `p${i}`));
      const told = views.map((each) => JSON.stringify(each).replace(/p\d+/g, 'p'));
      expect(new Set(told).size).toBe(1);
      expect(views[0]).toMatchObject({ status: 'review', revision: 2, eventId: 'event' });
      expect(await store.countPending()).toBe(0);
    });

    test('text with U+0000 comes back whole, in ids too', async () => {
      await store.submitted({ ...submission('a\u0000b'), content: 'x\u0000y' });
      await store.submitted(submission('a\u0000c'));
      expect(await store.known(['a\u0000b', 'a'])).toMatchObject([{ id: 'a\u0000b', content: 'x\u0000y' }, undefined]);
      expect((await store.list({ limit: 5 })).rows.map(({ id }) => id)).toEqual(['a\u0000c', 'a\u0000b']);
    });

    test('remembers how far the dead letters were read', async () => {
      expect(await store.deadLetterPositions()).toEqual(new Map());
      await store.keepDeadLetterPositions(new Map([['a.dlq 0', 3], ['a.dlq 1', 1]]));
      await store.keepDeadLetterPositions(new Map([['a.dlq 0', 5]]));
      expect(await store.deadLetterPositions()).toEqual(new Map([['a.dlq 0', 5], ['a.dlq 1', 1]]));
    });
  });
}

function permutations<Value>(values: readonly Value[]): Value[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value, i) => permutations(values.toSpliced(i, 1)).map((rest) => [value, ...rest]));
}
