import { costOf, DOLLAR, tokensOf } from './cost.js';
import { PriceTable } from './price-table.js';

const luna = PriceTable.parse('[{"model":"luna","from":"2026-09-22","input":0.1,"cachedInput":0.01,"cacheWrite":0.125,"output":0.5,"batch":0.5}]', 'p').priceOf('luna', '2026-11-26')!;
const usage = { input: 2000, cachedInput: 1500, output: 120, reasoning: 0 };

test('2,000 tokens, 1,500 of them cached, and 120 of answer cost $0.000125 with GPT-6 Luna', () => {
  expect(costOf(tokensOf(usage), luna, 'at once')).toBe(0.000125 * DOLLAR);
});

test('a batch costs half', () => {
  expect(costOf(tokensOf(usage), luna, 'batch')).toBe(62_500);
});

test('what is written to the cache costs a quarter more than other input', () => {
  expect(costOf(tokensOf({ ...usage, cacheWrite: 500 }), luna, 'at once')).toBe(125_000 + 500 * 25);
});

test('thought is part of the output and not charged twice', () => {
  expect(costOf(tokensOf({ ...usage, reasoning: 100 }), luna, 'at once')).toBe(125_000);
});

test('less than a nano-dollar is rounded, halves up', () => {
  const cheap = { ...luna, input: 0.0005, cachedInput: 0, output: 0 };
  const tokens = (input: number) => tokensOf({ input, cachedInput: 0, output: 0, reasoning: 0 });
  expect([1, 2, 3].map((input) => costOf(tokens(input), cheap, 'at once'))).toEqual([1, 1, 2]);
});

test('the largest context at the highest price is exact', () => {
  const dear = { ...luna, input: 99_999.999_999_999 };
  expect(costOf(tokensOf({ input: 1_000_000, cachedInput: 0, output: 0, reasoning: 0 }), dear, 'at once')).toBe(99_999_999_999_999);
});

test('what a server counts wrongly costs nothing less than nothing', () => {
  expect(tokensOf({ input: -1, cachedInput: Number.NaN, output: 1.6, reasoning: 0 })).toEqual({ input: 0, cachedInput: 0, cacheWrite: 0, output: 2, reasoning: 0 });
  expect(costOf(tokensOf({ input: 10, cachedInput: 20, output: 0, reasoning: 0 }), luna, 'at once')).toBe(200);
});
