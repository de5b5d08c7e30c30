import { type Absence, type Question, type Reply } from '@math-labeler/llm';
import { Tally } from './tally.js';

const { signal } = new AbortController();
const question = (purpose: Question['purpose']): Question => ({ key: { problem: 'p', prompt: 'v', candidates: [], sample: 0 }, purpose, system: '', user: '', schema: { name: 'label', schema: {} }, maxOutputTokens: 1 });
const reply: Reply = { outcome: 'answered', text: '', usage: { input: 100, cachedInput: 70, output: 10, reasoning: 5 }, model: 'm' };

function tallyOf(answers: (Reply | Absence)[], dollars: number | undefined): Tally {
  return new Tally({ name: 'm', consult: async () => answers.shift()! }, () => dollars);
}

test('replies are counted by what they were for, with their tokens and cost, and absences by their reason', async () => {
  const tally = tallyOf([reply, reply, 'late', reply, 'late'], 0.25);
  for (const purpose of ['first look', 'first look', 'first look', 'second look', 'second look'] as const) await tally.consult(question(purpose), signal);
  expect(tally.of('first look')).toEqual({ replies: 2, input: 200, cachedInput: 140, output: 20, reasoning: 10, dollars: 0.5 });
  expect(tally.all).toMatchObject({ replies: 3, dollars: 0.75 });
  expect(tally.absences).toEqual(new Map([['late', 2]]));
});

test('where one price is not known, the cost of all is not known', async () => {
  const tally = tallyOf([reply], undefined);
  await tally.consult(question('first look'), signal);
  expect(tally.all.dollars).toBeUndefined();
  expect(tallyOf([], undefined).all.dollars).toBe(0);
});
