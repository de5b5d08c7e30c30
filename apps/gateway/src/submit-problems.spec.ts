import { type NewEvent } from '@math-labeler/contracts';
import { type EventPublisher } from '@math-labeler/messaging';
import { Admission } from './admission.js';
import { type ProblemViewStore } from './stores/problem-view.store.js';
import { SubmitProblems } from './submit-problems.js';
import { WaitingRequests } from './waiting-requests.js';

/** An edge whose log a test holds in its hand; nothing is projected. */
function edge({ most = 10 } = {}) {
  const told: NewEvent[] = [];
  const log: { publish: () => Promise<void> } = { publish: async () => {} };
  const publisher = { publish: (events: readonly NewEvent[]) => log.publish().then(() => void told.push(...events)) } as EventPublisher;
  const nothing = async (ids: readonly string[]) => ids.map(() => undefined);
  const store = { known: nothing, views: nothing } as unknown as ProblemViewStore;
  const admission = new Admission(most, () => 0);
  return { told, log, admission, submissions: new SubmitProblems(store, publisher, admission, new WaitingRequests()) };
}

const NO_WAIT = { waitMs: 0 };

describe('submitting problems', () => {
  test('two requests that find room at the same time do not both take it', async () => {
    const { submissions, told } = edge({ most: 1 });
    const both = await Promise.allSettled([submissions.submit([{ id: '1', content: '가' }], NO_WAIT), submissions.submit([{ id: '2', content: '나' }], NO_WAIT)]);
    expect(both).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { code: 'GATEWAY.OVERLOADED' } }]);
    expect(told).toHaveLength(1);
  });

  test('a request that repeats one that is on its way into the log is not answered before the log has it', async () => {
    const { submissions, log, told } = edge();
    let arrive!: () => void;
    log.publish = () => new Promise((resolve) => (arrive = resolve));
    const first = submissions.submit([{ id: '1', content: '가' }], NO_WAIT);
    let answered = false;
    const second = submissions.submit([{ id: '1', content: '가' }], NO_WAIT).then(() => (answered = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    arrive();
    await Promise.all([first, second]);
    expect(told).toHaveLength(1);
  });

  test('what the log did not take leaves no trace: it may be sent again', async () => {
    const { submissions, log, admission, told } = edge();
    log.publish = () => Promise.reject(new Error('no log'));
    await expect(submissions.submit([{ id: '1', content: '가' }], NO_WAIT)).rejects.toThrow('no log');
    expect(admission.onTheirWay).toBe(0);
    log.publish = async () => {};
    await submissions.submit([{ id: '1', content: '나' }], NO_WAIT);
    expect(told).toMatchObject([{ data: { id: '1', content: '나' } }]);
  });

  test('the event of a problem is the same whenever and in whatever order of its metadata it is sent', async () => {
    const ids = await Promise.all(
      [{ a: 1, b: { c: 2, d: [3] } }, { b: { d: [3], c: 2 }, a: 1 }, { a: 1, b: { c: 2, d: [4] } }].map(async (metadata) => {
        const { submissions, told } = edge();
        await submissions.submit([{ id: '1', content: '가', metadata }], NO_WAIT);
        return told[0].id;
      }),
    );
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[2]);
  });
});
