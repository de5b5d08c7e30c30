import { ProblemLabeled } from '@math-labeler/contracts';
import { type Settled } from '@math-labeler/labeler';
import { type Decision, type DecisionStore } from './decision.store.js';

const [label] = ProblemLabeled.examples;
const decision: Decision = { eventId: 'e1', label };
const settled: Settled = { code: '2수01-02', level: 'B', contested: false, revision: 3, reviewer: 'kim' };

/** What every adapter of the port does. `place` gives an empty place, and a store over it as often as it is called. */
export function describeDecisionStore(place: () => () => Promise<DecisionStore>): void {
  let open: () => Promise<DecisionStore>;
  let store: DecisionStore;
  beforeEach(async () => {
    open = place();
    store = await open();
  });

  test('of a problem that is new, nothing is decided or settled', async () => {
    expect(await store.decided('1')).toBeUndefined();
    expect(await store.settled('1')).toBeUndefined();
  });

  test('a decision is kept whole, whatever the text holds', async () => {
    const odd = { eventId: 'e1', label: { ...label, content: 'a\u0000b 😀 "quoted"', metadata: { deep: [1, null, { a: '나' }] } } };
    expect(await store.decide(odd)).toEqual(odd);
    expect(await store.decided(label.id)).toEqual(odd);
  });

  test('the first decision of a problem stays, and is what a second one gives', async () => {
    await store.decide(decision);
    expect(await store.decide({ eventId: 'e2', label: { ...label, code: '6수03-16' } })).toEqual(decision);
    expect(await store.decided(label.id)).toEqual(decision);
  });

  test('what reviewers have settled replaces what they had, and never the other way round', async () => {
    await store.settle('1', { ...settled, revision: 2, contested: true });
    await store.settle('1', settled);
    await store.settle('1', { ...settled, revision: 2, contested: true });
    expect(await store.settled('1')).toEqual(settled);
    expect(await store.settled('2')).toBeUndefined();
  });

  test('what is kept is there when the place is opened again', async () => {
    await store.decide(decision);
    await store.settle(label.id, settled);
    store = await open();
    expect([await store.decided(label.id), await store.settled(label.id)]).toEqual([decision, settled]);
  });
}
