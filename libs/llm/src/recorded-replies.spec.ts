import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Absence, type Consultant, type Question, type Reply } from './language-model.js';
import { RecordedReplies, ReplyRecorder } from './recorded-replies.js';

const { signal } = new AbortController();
const question = (problem: string, changes: Partial<Question['key']> = {}): Question => ({
  key: { problem, prompt: 'first-1', candidates: ['2수01-01'], sample: 0, ...changes },
  purpose: 'first look',
  system: '',
  user: '',
  schema: { name: 'label', schema: {} },
  maxOutputTokens: 10,
});
const reply = (text: string): Reply => ({ outcome: 'answered', text, tokens: [{ text: '1', logprob: -0.1, top: [{ text: '2', logprob: -Infinity }] }], usage: { input: 5, cachedInput: 1, cacheWrite: 2, output: 2, reasoning: 0 }, model: 'm-2026' });
const model: Consultant = { name: 'm', consult: async ({ key }): Promise<Reply | Absence> => (key.problem === 'late' ? 'late' : reply(`${key.problem} ${key.sample} \u0000\ud800`)) };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recorded-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what a model answered is answered again without it, to the letter', async () => {
  const recorder = await ReplyRecorder.open(model, join(folder, 'new'));
  const asked = [question('a'), question('b'), question('a', { sample: 1 }), question('a', { candidates: ['2수01-02'] })];
  const given = await Promise.all(asked.map((one) => recorder.consult(one, signal)));
  const player = await RecordedReplies.read(join(folder, 'new'));
  expect([player.name, recorder.name, player.samples]).toEqual(['m', 'm', 2]);
  expect(await Promise.all(asked.map((one) => player.consult(one)))).toEqual(given);
  expect(player.missing).toBe(0);
});

test('what it was not asked, or did not answer, is unavailable and counted', async () => {
  const recorder = await ReplyRecorder.open(model, folder);
  await recorder.consult(question('a'), signal);
  expect(await recorder.consult(question('late'), signal)).toBe('late');
  const player = await RecordedReplies.read(folder);
  expect([await player.consult(question('late')), await player.consult(question('a', { prompt: 'first-2' }))]).toEqual(['unavailable', 'unavailable']);
  expect(player.missing).toBe(2);
});

test('recording anew begins anew', async () => {
  for (const problem of ['a', 'b']) await (await ReplyRecorder.open(model, folder)).consult(question(problem), signal);
  expect(readFileSync(join(folder, 'replies.jsonl'), 'utf8').trim().split('\n')).toHaveLength(1);
});

test.each([
  ['nothing', undefined, 'LLM.NO_RECORDING'],
  ['an empty file', '', 'LLM.NO_RECORDING'],
  ['a line that is cut off', '{"model":"m"', 'LLM.BAD_RECORDING'],
  ['a reply without usage', `${JSON.stringify({ model: 'm', key: question('a').key, reply: { ...reply('x'), usage: undefined } })}\n`, 'LLM.BAD_RECORDING'],
])('%s is refused by name', async (_, text, code) => {
  if (text !== undefined) writeFileSync(join(folder, 'replies.jsonl'), text);
  await expect(RecordedReplies.read(folder)).rejects.toMatchObject({ code });
});
