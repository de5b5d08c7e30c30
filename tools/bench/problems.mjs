import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const knowledge = fileURLToPath(new URL('../../data/knowledge', import.meta.url));

/** The texts of the labelled problems. */
export function knownTexts() {
  return readdirSync(knowledge)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(knowledge, name), 'utf8').split('\n').filter(Boolean))
    .map((line) => JSON.parse(line).text);
}

/** So many problems out of the labelled ones, in an order that mixes their authors, each with a number of its own: none is a duplicate. */
export function distinctProblems(count, { first = 0, prefix = 'p' } = {}) {
  const texts = knownTexts();
  return Array.from({ length: count }, (_, i) => ({ id: `${prefix}${first + i}`, content: withNumber(texts[((first + i) * 7919) % texts.length], first + i + 1) }));
}

export function batchesOf(items, size) {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

function withNumber(text, number) {
  return /\d/.test(text) ? text.replace(/\d+/, (old) => `${old}${number}`) : `${text} (${number})`;
}
