import { foldCharacter, lowSurrogateAfter } from './character-grams.js';
import { blockState, type DistinctHashes, finish, foldText } from './hashing.js';
import { maskNumbers } from './number-mask.js';
import { type Reading } from './reading.js';

const SPACE = /\s+/g;

/** Block `x`: every two neighbouring characters (numbers as type marks, no figures) × the main number signature: `ⓕL|fr!=`. */
export function crossFeatures(reading: Reading): string[] {
  const characters = [...crossText(reading)];
  const suffix = `|${reading.signature.main}`;
  return characters.slice(1).map((character, i) => characters[i] + character + suffix);
}

/** The hashes of `crossFeatures`, without building their strings. */
export function hashCrossFeatures(reading: Reading, into: DistinctHashes): void {
  const text = crossText(reading);
  const suffix = `|${reading.signature.main}`;
  const start = blockState('x');
  let pair = start;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const low = lowSurrogateAfter(text, i, unit);
    if (pair !== start) into.add(finish(foldText(foldCharacter(pair, unit, low), suffix)));
    pair = foldCharacter(start, unit, low);
    if (low >= 0) i++;
  }
}

function crossText(reading: Reading): string {
  const text = reading.problem.withoutFigures;
  return maskNumbers(text, reading.tokensOf(text)).replace(SPACE, '');
}
