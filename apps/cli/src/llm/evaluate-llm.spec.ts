import { type LlmAnswer, type LlmVote } from '@math-labeler/contracts';
import { type OpenedVoter } from './open-voter.js';
import { evaluateLlm, type LlmOutcome, renderLlm } from './evaluate-llm.js';

const answer = (code?: string): LlmAnswer => ({ ...(code === undefined ? {} : { code }), level: 'B', certainty: 'high', reason: '까닭' });
const outcome = (right: string, vote: Partial<LlmVote>): LlmOutcome => ({ gold: { codes: [right] }, vote: { candidates: ['2수01-01', '2수01-02'], first: [], second: [], ...vote } });
const count = { replies: 4, input: 8000, cachedInput: 6000, output: 400, reasoning: 0, dollars: 0.002 };
const model = (dollars: number | undefined): Pick<OpenedVoter, 'voter' | 'tally'> => ({ voter: { versions: { llm: 'm', prompt: 'first-1' } }, tally: { of: () => count, all: { ...count, dollars } } }) as unknown as OpenedVoter;
const OUTCOMES = [
  outcome('2수01-01', { first: [answer('2수01-01')] }),
  outcome('2수01-02', { first: [answer('2수01-01')], second: [answer('2수01-02')] }),
  outcome('4수01-01', { first: [answer()], absence: 'late' }),
  outcome('2수01-01', { absence: 'over budget' }),
];

test('tells the ceiling that the candidates set, how often each look was right, who did not answer, and what it costs', () => {
  expect(evaluateLlm(OUTCOMES, model(0.002))).toMatchObject({
    model: 'm',
    prompt: 'first-1',
    ceiling: { n: 4, value: 0.75 },
    firstLook: { n: 3, value: 1 / 3 },
    secondLook: { n: 1, value: 1 },
    absent: { late: 1, 'over budget': 1 },
    perFirstLook: { input: 2000, cachedInput: 1500, output: 100 },
    dollarsPer1000: 0.5,
  });
});

test('a price that is not known is said to be so', () => {
  const evaluation = evaluateLlm(OUTCOMES, model(undefined));
  expect(evaluation.dollarsPer1000).toBeNull();
  expect(renderLlm({ language: 'ko' }, evaluation)).toContain('가격 모름');
  expect(renderLlm({ language: 'en' }, evaluation)).toMatch(/right standard among candidates +75\.0 % .* 4\n/);
});
