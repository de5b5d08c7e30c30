import { openPrices } from './prices.js';
import { replyCost } from './reply-cost.js';

const NOON = Date.parse('2026-11-26T12:00:00.000Z');
const reply = { usage: { input: 2000, cachedInput: 1500, output: 120, reasoning: 0 }, model: 'gpt-6-luna-2026-09-22' };

test('a reply counts by the price of its moment and by whether it came in a batch', async () => {
  const prices = await openPrices();
  expect(replyCost(prices, 'gpt-6-luna', reply, 'at once', NOON)).toMatchObject({ cost: 125_000, input: 2000, cacheWrite: 0 });
  expect(replyCost(prices, 'gpt-6-luna', reply, 'batch', NOON).cost).toBe(62_500);
  expect(replyCost(prices, 'gpt-6-luna', reply, 'at once', Date.parse('2026-01-01T00:00:00Z'))).toMatchObject({ cost: undefined, price: undefined, input: 2000 });
});
