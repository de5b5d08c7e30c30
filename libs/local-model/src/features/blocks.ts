import { type ProblemText } from '@math-labeler/problem-text';
import { characterGrams, hashCharacterGrams, squeeze } from './character-grams.js';
import { consistencyFeatures, consistentStandards as standardsConsistentWith } from './consistency-checks.js';
import { crossFeatures, hashCrossFeatures } from './cross.js';
import { blockState, DistinctHashes, finish, foldText } from './hashing.js';
import { levelSigns } from './level-signs.js';
import { mathsFeatures } from './maths-tokens.js';
import { Reading } from './reading.js';
import { stemFeatures } from './stems.js';
import { structureFeatures } from './structure.js';

/** One way to give its features readably, and one, where it pays, to hash them without building their strings. */
interface Block {
  readonly list: (reading: Reading) => string[];
  readonly hash?: (reading: Reading, into: DistinctHashes) => void;
}

const BLOCKS = {
  /** Characters 1–3, numbers as type marks. */
  c: { list: (r) => characterGrams(r.squeezedTypes), hash: (r, into) => hashCharacterGrams('c', r.squeezedTypes, into) },
  /** Characters 1–3, digits as written. */
  w: { list: (r) => characterGrams(squeeze(r.problem.text)), hash: (r, into) => hashCharacterGrams('w', squeeze(r.problem.text), into) },
  m: { list: mathsFeatures },
  s: { list: structureFeatures },
  r: { list: consistencyFeatures },
  /** Word stems of the question sentence. */
  q: { list: (r) => stemFeatures(r.problem.question) },
  /** Word stems of the whole text. */
  p: { list: (r) => stemFeatures(r.problem.text) },
  x: { list: crossFeatures, hash: hashCrossFeatures },
  l: { list: levelSigns },
} as const satisfies Readonly<Record<string, Block>>;

export type BlockName = keyof typeof BLOCKS;

/** The features of one block, readably, as often as they occur. */
export function blockFeatures(problem: ProblemText, block: BlockName): string[] {
  return BLOCKS[block].list(new Reading(problem));
}

/** FNV-1a (32 bit) over the UTF-16 code units of `block`, U+0001 and `feature`, then MurmurHash3's finaliser; unsigned. */
export function hashFeature(block: BlockName, feature: string): number {
  return finish(foldText(blockState(block), feature));
}

const distinct = new DistinctHashes();

/** For each of the blocks asked for, in their order, the distinct hashes of its features, each in order of first occurrence. */
export function hashedBlocks(problem: ProblemText, blocks: readonly BlockName[]): Uint32Array[] {
  const reading = new Reading(problem);
  return blocks.map((name) => {
    const block: Block = BLOCKS[name];
    distinct.start();
    if (block.hash) block.hash(reading, distinct);
    else {
      const start = blockState(name);
      for (const feature of block.list(reading)) distinct.add(finish(foldText(start, feature)));
    }
    return distinct.take();
  });
}

/** The standards that the problem's operations, kinds of numbers and units are consistent with; empty where nothing tells. */
export function consistentStandards(problem: ProblemText): Set<string> {
  return standardsConsistentWith(new Reading(problem));
}
