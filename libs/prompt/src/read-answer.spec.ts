import fc from 'fast-check';
import { readAnswer } from './read-answer.js';

const CANDIDATES = ['2수01-01', '2수01-02', '4수03-05'];
const said = (changes: object = {}) => JSON.stringify({ reason: '자릿값을 묻는다.', standard: '2', level: 'B', certainty: 'high', ...changes });

test('an answer names a candidate by its number', () => {
  expect(readAnswer(said(), CANDIDATES)).toEqual({ code: '2수01-02', level: 'B', certainty: 'high', reason: '자릿값을 묻는다.' });
});

test('0 says that none of the candidates fits', () => {
  expect(readAnswer(said({ standard: '0' }), CANDIDATES)).toEqual({ level: 'B', certainty: 'high', reason: '자릿값을 묻는다.' });
});

test('a fence around the answer is passed over', () => {
  expect(readAnswer(`\`\`\`json\n${said()}\n\`\`\``, CANDIDATES)?.code).toBe('2수01-02');
});

test.each([
  ['a number that no candidate has', said({ standard: '4' })],
  ['a code instead of a number', said({ standard: '2수01-02' })],
  ['a number that is no string', said({ standard: 2 })],
  ['a sign, a space or a leading zero', said({ standard: '02' })],
  ['another level', said({ level: 'D' })],
  ['another certainty', said({ certainty: 0.9 })],
  ['no reason', said({ reason: undefined })],
  ['JSON that is cut off', said().slice(0, -3)],
  ['words', '2수01-02입니다.'],
  ['nothing', ''],
  ['null', 'null'],
  ['a list', `[${said()}]`],
])('%s is no answer', (_, text) => {
  expect(readAnswer(text, CANDIDATES)).toBeUndefined();
});

test('given anything at all, then what comes out is one of the candidates, none, or no answer', () => {
  const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.record({ reason: fc.string(), standard: fc.oneof(fc.string(), fc.integer().map(String)), level: fc.constantFrom('A', 'B', 'C', 'D'), certainty: fc.constantFrom('high', 'low', '') }).map((answer) => JSON.stringify(answer)));
  fc.assert(
    fc.property(anything, fc.array(fc.constantFrom(...CANDIDATES), { maxLength: 3 }), (text, candidates) => {
      const answer = readAnswer(text, candidates);
      if (answer?.code !== undefined) expect(candidates).toContain(answer.code);
    }),
    { numRuns: 2000 },
  );
});

test('a reason is one short line without controls and markup', () => {
  const { reason } = readAnswer(said({ reason: `\u001b[31m<img src=x onerror=alert(1)>\n[눌러](javascript:x) \u202e\`rm\` ${'가'.repeat(500)}` }), CANDIDATES)!;
  expect(reason).not.toMatch(/[<>`\\\u001b\u202e\n]/);
  expect(reason.length).toBeLessThanOrEqual(200);
});

describe('token probabilities', () => {
  const token = (text: string, p = 1, top: Record<string, number> = {}) => ({ text, logprob: Math.log(p), top: Object.entries(top).map(([other, q]) => ({ text: other, logprob: Math.log(q) })) });

  test('are those of the number itself, whatever the reason says', () => {
    const tokens = [token('{"reason":"'), token('"standard":"3"', 0.01), token('","standard":"'), token('2', 0.8, { 2: 0.8, 3: 0.15, 9: 0.02, x: 0.01 }), token('","level":"B","certainty":"high"}', 0.2)];
    expect(readAnswer(said(), CANDIDATES, tokens)).toMatchObject({ probability: 0.8, others: [{ code: '4수03-05', probability: 0.15 }] });
  });

  test('are found where quotes and number are one token, and multiply over several', () => {
    expect(readAnswer(said(), CANDIDATES, [token('{"standard":'), token('"2"', 0.7), token('}')])).toMatchObject({ probability: 0.7 });
    const twelve = Array.from({ length: 12 }, (_, i) => `2수01-${String(i + 1).padStart(2, '0')}`);
    const split = readAnswer(said({ standard: '12' }), twelve, [token('{"standard":"'), token('1', 0.5), token('2', 0.5), token('"}')]);
    expect(split).toMatchObject({ code: '2수01-12', probability: 0.25 });
    expect(split).not.toHaveProperty('others');
  });

  test('are left out where the tokens tell of another answer, or of none', () => {
    expect(readAnswer(said(), CANDIDATES, [token('{"standard":"3"}')])).not.toHaveProperty('probability');
    expect(readAnswer(said(), CANDIDATES, [])).not.toHaveProperty('probability');
  });
});
