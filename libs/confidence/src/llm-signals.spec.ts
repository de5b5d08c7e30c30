import { llmDoubt, llmLevels, llmSignals, type LlmSay } from './llm-signals.js';

const say = (changes: Partial<LlmSay> = {}): LlmSay => ({ standard: 1, level: 1, certainty: 'medium', ...changes });
const rows = (first: readonly LlmSay[], second: readonly LlmSay[] = []) => llmSignals({ first, second }, 3).map((signal) => [...signal].map((value) => Math.round(value * 100) / 100));

test('the share of the answers speaks for each standard', () => {
  expect(rows([say(), say(), say({ standard: 2 }), say({ standard: undefined })])[0]).toEqual([0, 0.5, 0.25]);
});

test('what it says of its sureness and what its tokens tell speak beside it, up or down', () => {
  expect(rows([say({ certainty: 'high', probability: 0.99 })]).slice(1, 3)).toEqual([[0, 1, 0], [0, 1, 0]]);
  expect(rows([say({ certainty: 'low', probability: 0.3 })]).slice(1, 3)).toEqual([[0, -1, 0], [0, -0.28, 0]]);
  expect(rows([say()])[2]).toEqual([0, 0, 0]);
});

test('answers of the second look speak for themselves', () => {
  expect(rows([say()], [say({ standard: 0, certainty: 'high' })])).toEqual([[0, 1, 0], [0, 0, 0], [0, 0, 0], [1, 0, 0], [1, 0, 0]]);
});

test('doubt is the share of the latest answers that nothing fits', () => {
  expect(llmDoubt({ first: [say({ standard: undefined }), say()], second: [] })).toBe(0.5);
  expect(llmDoubt({ first: [say({ standard: undefined })], second: [say()] })).toBe(0);
  expect(llmDoubt({ first: [], second: [] })).toBe(0);
});

test('levels are those of the latest answers that chose the standard', () => {
  expect([...llmLevels({ first: [say({ level: 0 })], second: [say({ level: 2 })] }, 1, 3)]).toEqual([0, 0, 1]);
  expect([...llmLevels({ first: [say({ level: 0 })], second: [say({ standard: 2, level: 2 })] }, 1, 3)]).toEqual([1, 0, 0]);
  expect([...llmLevels({ first: [say()], second: [] }, 0, 3)]).toEqual([0, 0, 0]);
});
