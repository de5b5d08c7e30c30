import { type GoldProblem, type SolvedExample } from './knowledge.js';

/** An example that says the same as an evaluation problem: training on it would flatter the evaluation. */
export interface Coincidence {
  readonly example: SolvedExample;
  readonly gold: GoldProblem;
}

/**
 * Examples that an honest training set leaves out, because some evaluation problem has the same key
 * (normalised text without spaces, say: `60 ÷ 3 =` occurs by chance).
 */
export function findCoincidences(examples: readonly SolvedExample[], gold: readonly GoldProblem[], key: (text: string) => string): Coincidence[] {
  const byKey = new Map(gold.map((problem) => [key(problem.text), problem]));
  return examples.flatMap((example) => {
    const twin = byKey.get(key(example.text));
    return twin === undefined ? [] : [{ example, gold: twin }];
  });
}
