import { countTokens, openPrices, type Question } from '@math-labeler/llm';
import { estimateCost } from './estimate-cost.js';

const price = (await openPrices()).priceOf('gpt-6-luna', '2026-11-26');
const schema = { name: 'answer', schema: { type: 'object' } };
const rules = '다음 성취기준 가운데 하나를 고르세요. '.repeat(150);
const question = (user: string, system = rules): Question => ({ key: { problem: user, prompt: 'v1', candidates: [], sample: 0 }, purpose: 'first look', system, user, schema, maxOutputTokens: 2048 });

async function* asked(...questions: readonly Question[]): AsyncGenerator<Question> {
  yield* questions;
}

test('the instructions are paid for in full the first time and from the cache afterwards', async () => {
  const [prefix, first, second] = await Promise.all([countTokens(JSON.stringify(schema.schema) + rules), countTokens('사과가 3개'), countTokens('배가 5개')]);
  expect(prefix).toBeGreaterThan(1024);
  const estimate = await estimateCost(asked(question('사과가 3개'), question('배가 5개')), { price, way: 'at once', outputTokens: 120 });
  // GPT-6 Luna: $0.125 to write a million tokens to the cache, $0.01 to read them, $0.50 of output.
  const cost = (prefix + first + 11) * 125 + prefix * 10 + (second + 11) * 125 + 2 * 120 * 500;
  expect(estimate).toEqual({ questions: 2, inputTokens: 2 * prefix + first + second + 22, cacheableTokens: prefix, outputTokens: 240, cost });
});

test('a batch costs half', async () => {
  const [once, batch] = await Promise.all((['at once', 'batch'] as const).map((way) => estimateCost(asked(question('a')), { price, way, outputTokens: 120 })));
  expect(batch.cost).toBe(Math.round(once.cost! / 2));
});

test('a short prompt is not cached', async () => {
  const estimate = await estimateCost(asked(question('a', 'short'), question('b', 'short')), { price, way: 'at once', outputTokens: 0 });
  expect([estimate.cacheableTokens, estimate.cost]).toEqual([0, estimate.inputTokens * 100]);
});

test('other instructions are another prefix', async () => {
  expect((await estimateCost(asked(question('a'), question('a', `!${rules}`)), { price, way: 'at once', outputTokens: 0 })).cacheableTokens).toBe(0);
});

test('without a price tokens are counted, and the cost is not known', async () => {
  const estimate = await estimateCost(asked(question('a')), { way: 'at once', outputTokens: 120 });
  expect(estimate).toMatchObject({ questions: 1, outputTokens: 120, cost: undefined });
  expect(estimate.inputTokens).toBeGreaterThan(1000);
});
