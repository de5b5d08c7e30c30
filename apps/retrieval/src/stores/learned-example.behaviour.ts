import { type LearnedExample, type LearnedExampleStore } from './learned-example.store.js';

const second: LearnedExample = { id: '1', revision: 2, text: '구슬은 모두 몇 개인가요?', code: '2수01-06', level: 'B', contested: false };
const third: LearnedExample = { ...second, revision: 3, code: '2수01-07', level: 'A', contested: true };

/** What every adapter of the port does. `place` gives an empty place, and a store over it as often as it is called. */
export function describeLearnedExampleStore(place: () => () => Promise<LearnedExampleStore>): void {
  let open: () => Promise<LearnedExampleStore>;
  let store: LearnedExampleStore;
  beforeEach(async () => {
    open = place();
    store = await open();
  });

  test('nothing is learnt at first', async () => {
    expect(await store.all()).toEqual([]);
  });

  test('what is learnt is kept whole, once however often it is told', async () => {
    expect(await store.learn(second)).toEqual(second);
    expect(await store.learn(second)).toEqual(second);
    expect(await store.all()).toEqual([second]);
  });

  test('a later revision replaces an earlier one', async () => {
    await store.learn(second);
    expect(await store.learn(third)).toEqual(third);
    expect(await store.all()).toEqual([third]);
  });

  test('an earlier revision that comes late gives the later one, and changes nothing', async () => {
    await store.learn(third);
    expect(await store.learn(second)).toEqual(third);
    expect(await store.all()).toEqual([third]);
  });

  test('what is learnt is there when the place is opened again', async () => {
    await store.learn({ ...second, id: '2' });
    await store.learn(third);
    store = await open();
    expect(await store.all()).toEqual([third, { ...second, id: '2' }]);
  });
}
