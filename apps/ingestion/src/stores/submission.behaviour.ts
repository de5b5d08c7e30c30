import { type Submission, type SubmissionStore } from './submission.store.js';

const one: Submission = { id: '1', eventId: 'e1', fingerprint: 'f1' };

/** What every adapter of the port does. `place` gives an empty place, and a store over it as often as it is called. */
export function describeSubmissionStore(place: () => () => Promise<SubmissionStore>): void {
  let open: () => Promise<SubmissionStore>;
  let store: SubmissionStore;
  beforeEach(async () => {
    open = place();
    store = await open();
  });

  test('a problem with a new id is held, and the first of its words', async () => {
    expect(await store.register(one)).toEqual({ held: one, first: '1' });
  });

  test('a problem that is registered again changes nothing', async () => {
    await store.register(one);
    expect(await store.register(one)).toEqual({ held: one, first: '1' });
  });

  test('a problem of the same words finds the first one, however many come', async () => {
    await store.register(one);
    const two = { id: '2', eventId: 'e2', fingerprint: 'f1' };
    expect(await store.register(two)).toEqual({ held: two, first: '1' });
    expect(await store.register({ id: '0', eventId: 'e0', fingerprint: 'f1' })).toMatchObject({ first: '1' });
  });

  test('an id that is taken stays with who has it, whose words stay the first', async () => {
    await store.register(one);
    expect(await store.register({ id: '1', eventId: 'e2', fingerprint: 'f2' })).toMatchObject({ held: one });
    expect(await store.register({ id: '3', eventId: 'e3', fingerprint: 'f2' })).toMatchObject({ first: '3' });
  });

  test('of two of the same words at once, both are told of the same first one', async () => {
    const [a, b] = await Promise.all([store.register(one), store.register({ id: '2', eventId: 'e2', fingerprint: 'f1' })]);
    expect(a.first).toBe(b.first);
  });

  test('what is registered is there when the place is opened again', async () => {
    await store.register(one);
    store = await open();
    expect(await store.register({ id: '2', eventId: 'e2', fingerprint: 'f1' })).toMatchObject({ first: '1' });
  });
}
