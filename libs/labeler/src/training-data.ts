import { setImmediate as breathe } from 'node:timers/promises';
import { type Coincidence, findCoincidences, type KnowledgeBase, LEVELS, type SolvedExample } from '@math-labeler/curriculum';
import { BLOCKS, hashedBlocks, hashedCorpus, NONE, TEXT_WEIGHTS, type TrainingSet } from '@math-labeler/local-model';
import { analyse, normalise } from '@math-labeler/problem-text';

export interface TrainingData {
  /** Row `i` of the set is `examples[i]`; the statements and phrases come after them. */
  readonly set: TrainingSet;
  readonly examples: readonly SolvedExample[];
  /** The authors of each fold, joined by spaces. */
  readonly folds: readonly string[];
  /** Examples that were left out because the evaluation set holds the same problem. */
  readonly coincidences: readonly Coincidence[];
}

/**
 * Everything to learn from, as features. Each fold holds whole authors: `folds` of them, or one an author when there are
 * fewer authors. `onProgress` hears the share done and may throw to stop; between two calls the event loop gets its turn, so that
 * Ctrl-C is heard.
 */
export async function trainingData({ curriculum, examples, phrases, evaluation }: KnowledgeBase, folds: number, onProgress: (share: number) => void): Promise<TrainingData> {
  const coincidences = findCoincidences(examples, evaluation, (text) => normalise(text).replace(/\s/g, ''));
  const dropped = new Set(coincidences.map(({ example }) => example.id));
  const kept = examples.filter(({ id }) => !dropped.has(id));
  const position = new Map(curriculum.standards.map(({ code }, i) => [code, i]));
  const foldOf = authorFolds(kept, folds);
  const short = [
    ...curriculum.standards.map(({ code, statement }) => ({ code, text: statement, weight: TEXT_WEIGHTS.statement })),
    ...phrases.map(({ code, text, list }) => ({ code, text, weight: list === 1 ? TEXT_WEIGHTS.phrases1 : TEXT_WEIGHTS.phrases2 })),
  ];
  const texts = [...kept, ...short];
  const hashes: ReturnType<typeof hashedBlocks>[] = [];
  for (const { text } of texts) {
    if (hashes.length % 200 === 0) {
      await breathe();
      onProgress(hashes.length / texts.length);
    }
    hashes.push(hashedBlocks(analyse(text), BLOCKS));
  }
  const labelled = (value: (example: SolvedExample) => number): Uint8Array => Uint8Array.from(texts, (_, i) => (i < kept.length ? value(kept[i]) : NONE));
  return {
    set: {
      corpus: hashedCorpus(BLOCKS, hashes),
      standards: Uint8Array.from(texts, ({ code }) => position.get(code)!),
      levels: labelled(({ level }) => LEVELS.indexOf(level)),
      weights: Float32Array.from(texts, (_, i) => (i < kept.length ? TEXT_WEIGHTS.problem : short[i - kept.length].weight)),
      folds: labelled(({ author }) => foldOf.get(author)!),
      standardCount: curriculum.standards.length,
    },
    examples: kept,
    folds: foldNames(foldOf),
    coincidences,
  };
}

/** Whole authors to folds of about equal size: the largest author first, each into the fold that is smallest so far. */
function authorFolds(examples: readonly SolvedExample[], folds: number): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { author } of examples) sizes.set(author, (sizes.get(author) ?? 0) + 1);
  const load = new Array<number>(Math.min(folds, sizes.size)).fill(0);
  const foldOf = new Map<string, number>();
  for (const [author, size] of [...sizes].sort((a, b) => b[1] - a[1])) {
    const fold = load.indexOf(Math.min(...load));
    load[fold] += size;
    foldOf.set(author, fold);
  }
  return foldOf;
}

function foldNames(foldOf: ReadonlyMap<string, number>): string[] {
  const names: string[][] = [];
  for (const [author, fold] of foldOf) (names[fold] ??= []).push(author);
  return names.map((authors) => authors.sort().join(' '));
}
