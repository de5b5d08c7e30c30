import { type Curriculum } from '@math-labeler/curriculum';
import { type Labeler, type Reading } from '@math-labeler/labeler';
import { type Problem } from '@math-labeler/problem-files';
import { SourceContexts } from './source-contexts.js';

const standards = [
  { code: '2수01-01', gradeBand: '1-2', semesters: ['1-1'] },
  { code: '4수01-01', gradeBand: '3-4', semesters: ['3-1'] },
  { code: '6수01-01', gradeBand: '5-6', semesters: ['5-1'] },
];

/** A labeler that finds the grade band named in the text, and remembers what it was given to read. */
function fakeLabeler(): { labeler: Labeler; read: string[] } {
  const read: string[] = [];
  const labeler = {
    curriculum: { standards } as unknown as Curriculum,
    read: async (text: string) => {
      read.push(text);
      return { text } as unknown as Reading;
    },
    bandMass: (reading: Reading) => {
      const { text } = reading as unknown as { text: string };
      return text.startsWith('5-6') ? [0.05, 0.05, 0.9] : [1 / 3, 1 / 3, 1 / 3];
    },
  };
  return { labeler: labeler as unknown as Labeler, read };
}

const problem = (text: string, source = 'a.jsonl', metadata?: Record<string, unknown>): Problem => ({ id: text, text, source, place: { file: source }, metadata });

describe('the context of a problem', () => {
  test('is what its source teaches, learnt from the source’s own problems', async () => {
    const contexts = new SourceContexts(fakeLabeler().labeler, { mixed: false, errorTarget: 0.03 });
    for (let i = 0; i < 200; i++) contexts.see(problem(`5-6 ${i}`, 'grade5.jsonl'));
    for (let i = 0; i < 200; i++) contexts.see(problem(`any ${i}`, 'mixed.jsonl'));
    await contexts.learn(new AbortController().signal);
    const [low, , high] = contexts.contextOf(problem('x', 'grade5.jsonl')).context!;
    expect(high).toBeGreaterThan(low + 3);
    for (const prior of contexts.contextOf(problem('x', 'mixed.jsonl')).context!) expect(prior).toBeCloseTo(0, 1);
    expect(contexts.contextOf(problem('x', 'unseen.jsonl')).context).toBeUndefined();
  });

  test('is the grade that it tells itself, before the one told for all, before what its source teaches', () => {
    const contexts = new SourceContexts(fakeLabeler().labeler, { mixed: false, errorTarget: 0.03, grade: { band: '3-4', year: 3 } });
    expect(contexts.looksAhead).toBe(false);
    expect(contexts.contextOf(problem('x', 'a', { grade: '5학년' })).note).toEqual({ kind: 'told grade', value: '5학년' });
    expect(contexts.contextOf(problem('x')).note).toEqual({ kind: 'told grade', value: '3학년' });
  });

  test('is nothing where sources are mixed', () => {
    const contexts = new SourceContexts(fakeLabeler().labeler, { mixed: true, errorTarget: 0.03 });
    expect(contexts.looksAhead).toBe(false);
    expect(contexts.contextOf(problem('x')).context).toBeUndefined();
  });

  test('is learnt from at most a thousand problems of a large source, drawn from all of it, and the same ones each time', async () => {
    const samples = [];
    for (let run = 0; run < 2; run++) {
      const { labeler, read } = fakeLabeler();
      const contexts = new SourceContexts(labeler, { mixed: false, errorTarget: 0.03 });
      for (let i = 0; i < 20_000; i++) contexts.see(problem(String(i)));
      await contexts.learn(new AbortController().signal);
      samples.push(read);
    }
    expect(samples[0]).toHaveLength(1000);
    expect(samples[1]).toEqual(samples[0]);
    const late = samples[0].filter((text) => Number(text) >= 10_000).length;
    expect(late).toBeGreaterThan(420);
    expect(late).toBeLessThan(580);
  });
});
