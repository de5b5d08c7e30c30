import { comparable } from './labelled-row.js';

/** A text taken apart for comparing: two problems of one wording with other numbers are two problems, with the same numbers they are one. */
export interface Wording {
  /** Without spaces and punctuation, each number being `0`. */
  readonly words: string;
  /** The numbers in order, as written. */
  readonly numbers: string;
}

const NUMBER = /\d+(?:[.,]\d+)*/g;
const PUNCTUATION = /[.,?!…·'"“”‘’`;]+/g;

export function wordingOf(text: string): Wording {
  const plain = comparable(text);
  return { words: plain.replace(NUMBER, '0').replace(PUNCTUATION, ''), numbers: plain.match(NUMBER)?.join(' ') ?? '' };
}
