import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { Lanes } from './lanes.js';

interface Item {
  readonly key: string;
  readonly number: number;
}

/** Lanes whose work a test ends by hand. */
function lanesByHand(width: number): { lanes: Lanes<string>; begun: string[]; end: (item: string, waitMs?: number) => Promise<void> } {
  const begun: string[] = [];
  const ends = new Map<string, (waitMs: number | undefined) => void>();
  const lanes = new Lanes<string>(width, (item) => {
    begun.push(item);
    return new Promise((resolve) => ends.set(item, resolve));
  });
  const end = async (item: string, waitMs?: number): Promise<void> => {
    ends.get(item)!(waitMs);
    await turn();
  };
  return { lanes, begun, end };
}

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

describe('lanes', () => {
  it('items of one key go one after the other, those of other keys beside them', async () => {
    const { lanes, begun, end } = lanesByHand(8);
    lanes.add('a', 'a1');
    lanes.add('a', 'a2');
    lanes.add('b', 'b1');
    expect(begun).toEqual(['a1', 'b1']);
    await end('a1');
    expect(begun).toEqual(['a1', 'b1', 'a2']);
    expect([lanes.size, lanes.active]).toEqual([2, 2]);
  });

  it('no more than the width are worked on, and a busy key gives others their turn', async () => {
    const { lanes, begun, end } = lanesByHand(1);
    for (const item of ['a1', 'a2', 'b1']) lanes.add(item[0], item);
    await end('a1');
    await end('b1');
    expect(begun).toEqual(['a1', 'b1', 'a2']);
  });

  it('an item that waits for its next try holds back its own key only', async () => {
    const { lanes, begun, end } = lanesByHand(1);
    for (const item of ['a1', 'a2', 'b1']) lanes.add(item[0], item);
    await end('a1', 1);
    expect(begun).toEqual(['a1', 'b1']);
    await end('b1');
    while (begun.length < 3) await pause(1);
    expect(begun).toEqual(['a1', 'b1', 'a1']);
    await end('a1');
    expect(begun.at(-1)).toBe('a2');
  });

  it('clearing forgets what is not being worked on, waiting items and their timers too, and keeps the rest', async () => {
    const before = timers();
    const { lanes, begun, end } = lanesByHand(2);
    for (const item of ['a1', 'a2', 'b1', 'b2', 'c1']) lanes.add(item[0], item);
    await end('b1', 60_000);
    expect(lanes.clear().sort()).toEqual(['a2', 'b1', 'b2']);
    expect([lanes.size, lanes.active]).toEqual([2, 2]);
    await end('a1');
    await end('c1');
    expect([lanes.size, lanes.active]).toEqual([0, 0]);
    expect(begun).toEqual(['a1', 'b1', 'c1']);
    expect(timers()).toBe(before);
  });

  it('an item that was being worked on when the rest was cleared still holds back a later one of its key', async () => {
    const { lanes, begun, end } = lanesByHand(2);
    lanes.add('a', 'a1');
    lanes.clear();
    lanes.add('a', 'a2');
    expect(begun).toEqual(['a1']);
    await end('a1');
    expect(begun).toEqual(['a1', 'a2']);
  });

  it('is idle at once without work, else once the last work ends', async () => {
    const { lanes, end } = lanesByHand(2);
    await lanes.idle();
    lanes.add('a', 'a1');
    let idle = false;
    void lanes.idle().then(() => (idle = true));
    await turn();
    expect(idle).toBe(false);
    await end('a1');
    expect(idle).toBe(true);
  });

  it('keeps no trace of finished keys while it never runs empty', async () => {
    const lanes = new Lanes<number>(1, async () => undefined);
    for (let number = 0; number < 20_000; number++) {
      lanes.add(String(number), number);
      lanes.add(`second ${number}`, number);
      if (number % 100 === 99) while (lanes.size > 50) await Promise.resolve();
    }
    expect((lanes as unknown as { ready: unknown[] }).ready.length).toBeLessThan(3000);
  });

  it('with any keys, durations and retries: all are finished, in order within each key, within the width', async () => {
    const work = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), turns: fc.integer({ min: 0, max: 3 }), retries: fc.integer({ min: 0, max: 2 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(work, { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), async (works, width) => {
        const finished: Item[] = [];
        const failures = works.map(({ retries }) => retries);
        let most = 0;
        const lanes = new Lanes<Item>(width, async (item) => {
          most = Math.max(most, lanes.active);
          for (let left = works[item.number].turns; left > 0; left--) await Promise.resolve();
          if (failures[item.number]-- > 0) return 0;
          finished.push(item);
          return undefined;
        });
        works.forEach(({ key }, number) => lanes.add(key, { key, number }));
        while (lanes.size > 0) await turn();
        expect(most).toBeLessThanOrEqual(width);
        expect(finished).toHaveLength(works.length);
        for (const key of 'abcd') {
          const order = finished.filter((item) => item.key === key).map(({ number }) => number);
          expect(order).toEqual([...order].sort((one, other) => one - other));
        }
      }),
      { numRuns: 60 },
    );
  });
});
