/** 2^20 counters: with 2^18, collisions let unseen features in and cost 0.3 points. */
const SLOTS = 1 << 20;

/** In how many problems a feature occurs, counted by the low 20 bits of its hash. */
export interface DocumentFrequencies {
  readonly problems: number;
  readonly counts: Uint16Array;
}

/** Counts over documents, each given as its hashes block by block; a slot counts once a document. */
export function countDocuments(documents: Iterable<readonly Uint32Array[]>): DocumentFrequencies {
  const counts = new Uint16Array(SLOTS);
  const lastSeenIn = new Int32Array(SLOTS);
  let problems = 0;
  for (const blocks of documents) {
    problems++;
    for (const hashes of blocks) {
      for (const hash of hashes) {
        const slot = hash & (SLOTS - 1);
        if (lastSeenIn[slot] === problems) continue;
        lastSeenIn[slot] = problems;
        if (counts[slot] < 0xffff) counts[slot]++;
      }
    }
  }
  return { problems, counts };
}

/** How many problems had the feature; 0 for one never seen. */
export function documentFrequency({ counts }: DocumentFrequencies, hash: number): number {
  return counts[hash & (SLOTS - 1)];
}
