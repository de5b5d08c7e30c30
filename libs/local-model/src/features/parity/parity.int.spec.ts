import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { analyse, normalise } from '@math-labeler/problem-text';
import { type BlockName, hashedBlocks } from '../blocks.js';
import { hashText } from '../hashing.js';
import { ALLOWED_DIFFERENCES } from './allowed-differences.js';

const BLOCKS: readonly BlockName[] = ['c', 'w', 'm', 's', 'r', 'q', 'p', 'x', 'l'];
const DATA = join(import.meta.dirname, '../../../../../data/knowledge');

interface Problem {
  readonly id: string;
  readonly text: string;
}

interface Reference {
  readonly raw: string;
  readonly normalised: string;
  readonly blocks: readonly string[];
}

const problems = readdirSync(DATA)
  .filter((file) => /^examples-.*\.jsonl$/.test(file))
  .flatMap((file) => readFileSync(join(DATA, file), 'utf8').split('\n'))
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line) as Problem);

const references = new Map(
  gunzipSync(readFileSync(join(import.meta.dirname, 'reference-digest.txt.gz')))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [id, raw, normalised, ...blocks] = line.split(' ');
      return [id, { raw, normalised, blocks } satisfies Reference];
    }),
);

/** Those that the reference has seen, in the wording that it has seen: problems come and are corrected. */
const known = problems.flatMap((problem) => {
  const reference = references.get(problem.id);
  return reference?.raw === hex(hashText(problem.text)) ? [{ ...problem, reference }] : [];
});
const same = known.filter(({ text, reference }) => hex(hashText(normalise(text))) === reference.normalised);

test('nearly all problems of the reference are still in the knowledge base as they were', () => {
  expect(known.length).toBeGreaterThan(0.95 * references.size);
});

test('normalised texts equal the reference but for the named differences', () => {
  const differing = known.filter((problem) => !same.includes(problem));
  const unnamed = differing.filter(({ id, text }) => !ALLOWED_DIFFERENCES.some(({ applies }) => applies(id, text)));
  expect(unnamed.map(({ id }) => id)).toEqual([]);
});

test.each(ALLOWED_DIFFERENCES)('$reason: each problem named does differ', ({ applies }) => {
  const named = known.filter(({ id, text }) => applies(id, text));
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((problem) => same.includes(problem)).map(({ id }) => id)).toEqual([]);
});

test.each(BLOCKS.map((block, i) => ({ block, i })))('features of block $block equal the reference wherever the texts do', ({ block, i }) => {
  const different = same.filter(({ text, reference }) => {
    const [hashes] = hashedBlocks(analyse(text), [block]);
    return hex(hashes.reduce((sum, hash) => sum + hash, 0)) !== reference.blocks[i];
  });
  expect(different.map(({ id }) => id)).toEqual([]);
});

test('normalising a labelled problem twice changes nothing', () => {
  const changing = problems.map(({ id, text }) => ({ id, once: normalise(text) })).filter(({ once }) => normalise(once) !== once);
  expect(changing.map(({ id }) => id)).toEqual([]);
});

function hex(hash: number): string {
  return (hash % 2 ** 32).toString(16).padStart(8, '0');
}
