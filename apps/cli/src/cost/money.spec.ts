import { money } from './money.js';

test.each([
  [0, '$0.0000'],
  [62_500, '$0.0000625'],
  [1, '$0.000000001'],
  [125_000_000, '$0.1250'],
  [1_234_567_890_123, '$1234.5679'],
])('%i nano-dollars are %s', (nano, text) => {
  expect(money(nano)).toBe(text);
});
