import { ProblemLabeled } from '@math-labeler/contracts';
import { type Review, type ReviewStore } from './review.store.js';

const [label] = ProblemLabeled.examples;
const kim: Review = { eventId: 'e1', problemId: '1', reviewer: 'kim', code: '2수01-01', level: 'B' };
const lee: Review = { ...kim, eventId: 'e2', reviewer: 'lee', level: 'C' };

/** What every adapter of the port does. `place` gives an empty place, and a store over it as often as it is called. */
export function describeReviewStore(place: () => () => Promise<ReviewStore>): void {
  let open: () => Promise<ReviewStore>;
  let store: ReviewStore;
  beforeEach(async () => {
    open = place();
    store = await open();
  });

  test('of a problem that is new, neither label nor answers are known', async () => {
    expect(await store.label('1')).toBeUndefined();
    expect(await store.answers('1')).toEqual([]);
  });

  test('the first label of a problem is kept whole, and stays', async () => {
    await store.keepLabel(label);
    await store.keepLabel({ ...label, code: '6수03-16' });
    expect(await store.label(label.id)).toEqual(label);
  });

  test('answers are kept in the order in which they came, each problem’s apart', async () => {
    expect(await store.answer(kim)).toEqual([kim]);
    const other = { ...kim, eventId: 'e0', problemId: '2' };
    expect(await store.answer(other)).toEqual([other]);
    expect(await store.answer(lee)).toEqual([kim, lee]);
    expect(await store.answers('1')).toEqual([kim, lee]);
  });

  test('an answer that is told again gives what it gave, without those that came after it', async () => {
    await store.answer(kim);
    await store.answer(lee);
    expect(await store.answer({ ...kim, code: '6수03-16' })).toEqual([kim]);
    expect(await store.answers('1')).toEqual([kim, lee]);
  });

  test('answers to two problems under one event id are both kept', async () => {
    await store.answer(kim);
    const other = { ...kim, problemId: '2' };
    expect(await store.answer(other)).toEqual([other]);
  });

  test('what is kept is there when the place is opened again', async () => {
    await store.keepLabel(label);
    await store.answer(kim);
    store = await open();
    expect([await store.label(label.id), await store.answers('1')]).toEqual([label, [kim]]);
  });
}
