import { type BlockName } from './features/blocks.js';

/**
 * The hashed features of many texts, block by block, in two flat arrays that threads can share: block `b` of text `i`
 * is `hashes` from `offsets[i * blocks.length + b]` to the next offset.
 */
export interface HashedCorpus {
  readonly blocks: readonly BlockName[];
  readonly offsets: Uint32Array;
  readonly hashes: Uint32Array;
}

/** Lays out the feature hashes of each text (one array per block, in the order of `blocks`) in shared memory. */
export function hashedCorpus(blocks: readonly BlockName[], texts: readonly (readonly Uint32Array[])[]): HashedCorpus {
  const offsets = new Uint32Array(new SharedArrayBuffer(4 * (texts.length * blocks.length + 1)));
  let total = 0;
  texts.forEach((text, row) =>
    text.forEach((hashes, block) => {
      total += hashes.length;
      offsets[row * blocks.length + block + 1] = total;
    }),
  );
  const hashes = new Uint32Array(new SharedArrayBuffer(4 * total));
  texts.forEach((text, row) => text.forEach((part, block) => hashes.set(part, offsets[row * blocks.length + block])));
  return { blocks, offsets, hashes };
}

/** The feature hashes of one text, one array per block. */
export function hashesOf({ blocks, offsets, hashes }: HashedCorpus, row: number): Uint32Array[] {
  return blocks.map((_, block) => hashes.subarray(offsets[row * blocks.length + block], offsets[row * blocks.length + block + 1]));
}
