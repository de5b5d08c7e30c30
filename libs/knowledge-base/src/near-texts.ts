import { setImmediate as breathe } from 'node:timers/promises';

/** Two texts are near when this share of what either holds is held by both. */
export const NEAR = 0.9;
/** A text is compared with so many, those that share its rarest pairs first, and until so many are near: a template filled in ten thousand times stays linear. */
const COMPARED = 512;
export const MATCHES = 64;
/** Texts between two turns of the event loop. */
const TURN = 500;

/** A pair of texts that are near, by their index; `other < one`. */
export type OnNear = (one: number, other: number) => void;

export interface NearOptions {
  /** Only pairs with a text from this index on are wanted. */
  readonly from: number;
  /** Texts before this index are compared with all that may be like them, however many there are. */
  readonly always: number;
  readonly onProgress?: (done: number) => void;
}

/**
 * Finds all pairs with a Jaccard similarity of at least `NEAR` over their bags of character pairs, by prefix filtering: of two such texts the
 * rarest tenth of one meets that of the other (Chaudhuri, Ganti, Kaushik, "A primitive operator for similarity joins", 2006; Bayardo, Ma,
 * Srikant, "Scaling up all pairs similarity search", 2007). The texts should differ. Resolves with how many texts had more candidates than
 * were compared.
 */
export async function findNear(texts: readonly string[], onNear: OnNear, { from, always, onProgress = () => {} }: NearOptions): Promise<number> {
  const bags = await rankedBags(texts);
  const postings = new Map<number, number[]>();
  const comparedWith = new Int32Array(texts.length).fill(-1);
  let cut = 0;
  for (let one = 0; one < bags.length; one++) {
    if (one % TURN === 0) {
      await breathe();
      onProgress(one);
    }
    const bag = bags[one];
    const prefix = bag.subarray(0, bag.length - Math.ceil(NEAR * bag.length) + 1);
    let [compared, matches] = [0, 0];
    const isNear = (other: number): boolean => {
      if (comparedWith[other] === one) return false;
      comparedWith[other] = one;
      compared++;
      if (!areNear(bag, bags[other])) return false;
      onNear(one, other);
      return true;
    };
    for (const feature of prefix) {
      const others = postings.get(feature) ?? [];
      if (others.length === 0) postings.set(feature, others);
      if (one >= from) {
        let first = 0;
        for (; others[first] < always; first++) isNear(others[first]);
        for (let i = others.length - 1; i >= first && compared < COMPARED && matches < MATCHES; i--) if (isNear(others[i])) matches++;
      }
      others.push(one);
    }
    if (compared >= COMPARED || matches >= MATCHES) cut++;
  }
  return cut;
}

/** Each text's features, the rarest first, as their rank; a pair that occurs again is another feature, since `○○○` is not `○○`. */
async function rankedBags(texts: readonly string[]): Promise<Int32Array[]> {
  const numbers = new Map<number, number>();
  const counts: number[] = [];
  const bags: Int32Array[] = [];
  for (const text of texts) {
    if (bags.length % TURN === 0) await breathe();
    const bag = Int32Array.from(featuresOf(text), (feature) => {
      const number = numbers.get(feature) ?? numbers.size;
      numbers.set(feature, number);
      counts[number] = (counts[number] ?? 0) + 1;
      return number;
    });
    bags.push(bag);
  }
  const order = Int32Array.from(counts.keys()).sort((a, b) => counts[a] - counts[b] || a - b);
  const ranks = new Int32Array(order.length);
  for (const [rank, number] of order.entries()) ranks[number] = rank;
  for (const bag of bags) {
    for (let i = 0; i < bag.length; i++) bag[i] = ranks[bag[i]];
    bag.sort();
  }
  return bags;
}

function* featuresOf(text: string): Generator<number> {
  const times = new Map<number, number>();
  const pairs = text.length < 2 ? 1 : text.length - 1;
  for (let i = 0; i < pairs; i++) {
    const pair = text.charCodeAt(i) * 65_536 + (i + 1 < text.length ? text.charCodeAt(i + 1) : 0);
    const time = times.get(pair) ?? 0;
    times.set(pair, time + 1);
    yield pair + time * 2 ** 32;
  }
}

function areNear(one: Int32Array, other: Int32Array): boolean {
  const [shorter, longer] = one.length < other.length ? [one.length, other.length] : [other.length, one.length];
  if (shorter < NEAR * longer) return false;
  // Jaccard ≥ t exactly when the overlap is ≥ t / (1 + t) of both sizes together; a tiny allowance for the rounding.
  const needed = Math.ceil((NEAR / (1 + NEAR)) * (one.length + other.length) - 1e-9);
  // What either may still miss of the other before too little is left.
  let [sparesOfOne, sparesOfOther] = [one.length - needed, other.length - needed];
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    if (one[i] === other[j]) {
      i++;
      j++;
    } else if (one[i] < other[j]) {
      i++;
      if (--sparesOfOne < 0) return false;
    } else {
      j++;
      if (--sparesOfOther < 0) return false;
    }
  }
  return sparesOfOne >= 0 && sparesOfOther >= 0;
}
