import { blockState, type DistinctHashes, finish, fold, foldText } from './hashing.js';

const SPACE = /\s+/g;

/** Lower case, without any space: Korean spacing varies too much between sources to carry meaning. */
export function squeeze(text: string): string {
  return text.toLowerCase().replace(SPACE, '');
}

/** Every run of one, two and three characters of a squeezed text: `c1:수`, `c2:수를`, `c3:수를세`. */
export function characterGrams(squeezed: string): string[] {
  const characters = [...squeezed];
  return [1, 2, 3].flatMap((n) => characters.slice(0, Math.max(0, characters.length - n + 1)).map((_, i) => `c${n}:${characters.slice(i, i + n).join('')}`));
}

/** The hashes of `characterGrams`, folded from the code units without building a string. */
export function hashCharacterGrams(block: string, squeezed: string, into: DistinctHashes): void {
  const start = blockState(block);
  const one = foldText(start, 'c1:');
  const two = foldText(start, 'c2:');
  const three = foldText(start, 'c3:');
  // States of the grams begun one and two characters ago, which the next character completes.
  let pair = 0;
  let triple = 0;
  let tripleBegun = 0;
  let seen = 0;
  for (let i = 0; i < squeezed.length; i++) {
    const unit = squeezed.charCodeAt(i);
    const low = lowSurrogateAfter(squeezed, i, unit);
    if (low >= 0) i++;
    into.add(finish(foldCharacter(one, unit, low)));
    if (seen > 0) into.add(finish(foldCharacter(pair, unit, low)));
    if (seen > 1) into.add(finish(foldCharacter(triple, unit, low)));
    triple = foldCharacter(tripleBegun, unit, low);
    tripleBegun = foldCharacter(three, unit, low);
    pair = foldCharacter(two, unit, low);
    seen++;
  }
}

/** The second unit of the character at `i`, or -1 if it has only one. */
export function lowSurrogateAfter(text: string, i: number, unit: number): number {
  if ((unit & 0xfc00) !== 0xd800) return -1;
  const next = text.charCodeAt(i + 1);
  return (next & 0xfc00) === 0xdc00 ? next : -1;
}

/** A character outside the basic plane is two units but one character. */
export function foldCharacter(state: number, unit: number, low: number): number {
  const next = fold(state, unit);
  return low < 0 ? next : fold(next, low);
}
