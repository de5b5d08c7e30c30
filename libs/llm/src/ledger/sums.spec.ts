import { entry, plainSums } from './entries.fixture.js';
import { byDay, byModel, byPurpose, total } from './sums.js';

const sums = plainSums([
  entry({ id: 'a', cost: 1 }),
  entry({ id: 'b', cost: 2, purpose: 'second look' }),
  entry({ id: 'c', cost: undefined, model: 'qwen3', at: '2026-11-27T00:00:00.000Z' }),
  entry({ id: 'd', cost: 4, way: 'batch' }),
]);

test('sums add up by day, model and purpose', () => {
  const costs = (groups: ReadonlyMap<string, { readonly calls: number; readonly cost: number }>): unknown[] => Array.from(groups, ([name, { calls, cost }]) => [name, calls, cost]);
  expect(costs(byDay(sums))).toEqual([['2026-11-26', 3, 7], ['2026-11-27', 1, 0]]);
  expect(costs(byModel(sums))).toEqual([['gpt-6-luna', 3, 7], ['qwen3', 1, 0]]);
  expect(new Map(costs(byPurpose(sums)).map((one) => one as [string, number]))).toEqual(new Map([['first look', 3], ['second look', 1]]));
  expect(total(sums)).toMatchObject({ calls: 4, cost: 7, unpriced: 1, input: 7600, cachedInput: 6144, output: 480 });
});
