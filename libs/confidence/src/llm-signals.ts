/** How sure a language model says it is. */
export type Certainty = 'high' | 'medium' | 'low';

/** One answer of a language model; standards and levels by their positions. */
export interface LlmSay {
  /** Undefined: none of the candidates fits. */
  readonly standard?: number;
  readonly level: number;
  readonly certainty: Certainty;
  /** Of the standard, by the answer's tokens, where the provider tells. */
  readonly probability?: number;
}

/** What a language model says: the answers of the first look, several where it was asked several times, and those of the second, if there was one. */
export interface LlmSays {
  readonly first: readonly LlmSay[];
  readonly second: readonly LlmSay[];
}

const SURENESS: Readonly<Record<Certainty, number>> = { high: 1, medium: 0, low: -1 };
/** Token probabilities beyond these log-odds say no more. */
const WIDEST = 3;

/**
 * What the answers say for each of `count` standards: the share of the first answers (agreement), how sure they say they are, how sure their tokens are
 * (0 where no provider tells), and share and sureness of the second answers.
 */
export function llmSignals({ first, second }: LlmSays, count: number): Float32Array[] {
  const signals = Array.from({ length: 5 }, () => new Float32Array(count));
  const add = (signal: number, says: readonly LlmSay[], worth: (say: LlmSay) => number): void => {
    for (const say of says) if (say.standard !== undefined) signals[signal][say.standard] += worth(say) / says.length;
  };
  add(0, first, () => 1);
  add(1, first, ({ certainty }) => SURENESS[certainty]);
  add(2, first, ({ probability }) => (probability === undefined ? 0 : tokenSureness(probability)));
  add(3, second, () => 1);
  add(4, second, ({ certainty }) => SURENESS[certainty]);
  return signals;
}

/** The share of the latest answers that none of the candidates fits. */
export function llmDoubt({ first, second }: LlmSays): number {
  const latest = second.length > 0 ? second : first;
  return latest.length === 0 ? 0 : latest.filter(({ standard }) => standard === undefined).length / latest.length;
}

/** The share of the latest answers for each level, among those that chose the standard; all 0 where none did. */
export function llmLevels({ first, second }: LlmSays, standard: number, levels: number): Float32Array {
  const chose = (says: readonly LlmSay[]): LlmSay[] => says.filter((say) => say.standard === standard);
  const latest = chose(second).length > 0 ? chose(second) : chose(first);
  const shares = new Float32Array(levels);
  for (const { level } of latest) shares[level] += 1 / latest.length;
  return shares;
}

function tokenSureness(probability: number): number {
  const bounded = Math.min(Math.max(probability, 1e-6), 1 - 1e-6);
  return Math.max(-WIDEST, Math.min(WIDEST, Math.log(bounded / (1 - bounded)))) / WIDEST;
}
