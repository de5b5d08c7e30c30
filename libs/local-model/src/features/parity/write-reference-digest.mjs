// Writes reference-digest.txt.gz: `node write-reference-digest.mjs DUMP PROBLEMS...`, after `npm run build`.
// DUMP holds what the first implementation of the recipe (in Python) made of each labelled problem, one JSON per line:
// { id, normalised, features: { block: [string, …] } }; PROBLEMS are the files of labelled problems it was made from.
// A line of the digest: id, hash of the raw text, hash of the normalised text, and per block the sum of its features' hashes.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { hashFeature } from '../../../dist/features/blocks.js';
import { hashText } from '../../../dist/features/hashing.js';

const [dump, ...problemFiles] = process.argv.slice(2);
const lines = (file) => readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const hex = (hash) => (hash >>> 0).toString(16).padStart(8, '0');

const raw = new Map(problemFiles.flatMap(lines).map(({ id, text }) => [id, text]));
const digest = lines(dump).map(({ id, normalised, features }) => {
  const sums = Object.entries(features).map(([block, strings]) => [...new Set(strings.map((feature) => hashFeature(block, feature)))].reduce((sum, hash) => sum + hash, 0));
  return [id, hashText(raw.get(id)), hashText(normalised), ...sums.map((sum) => sum % 2 ** 32)].map((field) => (typeof field === 'number' ? hex(field) : field)).join(' ');
});
writeFileSync(join(dirname(fileURLToPath(import.meta.url)), 'reference-digest.txt.gz'), gzipSync(`${digest.join('\n')}\n`, { level: 9 }));
