import { countTokens } from './tokens.js';

test.each([
  // OpenAI's tiktoken with o200k_base.
  ['', 0],
  ['hello world', 2],
  ['tiktoken is great!', 6],
])('%j is %i tokens', async (text, expected) => {
  expect(await countTokens(text)).toBe(expected);
});

test('Korean is counted, and a special token that somebody has written into a problem is no special token', async () => {
  expect(await countTokens('사과가 3개 있습니다.')).toBeGreaterThan(4);
  expect(await countTokens('<|endoftext|>')).toBeGreaterThan(1);
});

test('a word of 50,000 letters takes no longer than a text, and is still about as many tokens as its letters', async () => {
  await countTokens('');
  const begin = process.cpuUsage();
  expect(await countTokens('ㅋ'.repeat(50_000))).toBeGreaterThan(20_000);
  expect(await countTokens(' '.repeat(50_000))).toBeLessThan(1000);
  expect(process.cpuUsage(begin).user).toBeLessThan(2_000_000);
});
