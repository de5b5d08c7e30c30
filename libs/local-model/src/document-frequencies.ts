import { hashesOf, type HashedCorpus } from './hashed-corpus.js';

/** 2^20 counters: with 2^18, collisions let unseen features in and cost 0.3 points. */
const SLOTS = 1 << 20;

/** In how many problems a feature occurs, counted by the low 20 bits of its hash. */
export interface DocumentFrequencies {
  readonly problems: number;
  readonly counts: Uint16Array;
}

/** Counts over the given rows of the corpus; a slot counts once a problem. */
export function countDocuments(corpus: HashedCorpus, rows: readonly number[]): DocumentFrequencies {
  const counts = new Uint16Array(SLOTS);
  const lastSeenIn = new Int32Array(SLOTS).fill(-1);
  for (const row of rows) {
    for (const hashes of hashesOf(corpus, row)) {
      for (const hash of hashes) {
        const slot = hash & (SLOTS - 1);
        if (lastSeenIn[slot] === row) continue;
        lastSeenIn[slot] = row;
        if (counts[slot] < 0xffff) counts[slot]++;
      }
    }
  }
  return { problems: rows.length, counts };
}

/** How many problems had the feature; 0 for one never seen. */
export function documentFrequency({ counts }: DocumentFrequencies, hash: number): number {
  return counts[hash & (SLOTS - 1)];
}
