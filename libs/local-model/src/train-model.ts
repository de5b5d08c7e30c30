import { LEVELS } from '@math-labeler/curriculum';
import { countDocuments, type DocumentFrequencies } from './document-frequencies.js';
import { hashesOf } from './hashed-corpus.js';
import { trainOneVsRest } from './linear-classifier.js';
import { LocalModel, type LocalScores } from './local-model.js';
import { LEVEL_SHARES, LEVEL_SVM, STANDARD_SHARES, STANDARD_SVM } from './recipe.js';
import { type SparseMatrix } from './sparse-matrix.js';
import { BLOCKS, NONE, type TrainingSet } from './training-set.js';
import { type BlockShares, Vectoriser } from './vectoriser.js';

/**
 * Trains on all rows but those of one fold (all of them without one). Deterministic.
 * `onProgress` hears the share done, 0 to 1, and may throw to stop.
 */
export function trainModel(set: TrainingSet, leaveOut: number | undefined, onProgress: (share: number) => void = () => {}): LocalModel {
  const rows = [...set.standards.keys()].filter((row) => leaveOut === undefined || set.folds[row] !== leaveOut);
  const labelled = rows.filter((row) => set.levels[row] !== NONE);
  const frequencies = countDocuments(set.corpus, labelled);
  const steps = set.standardCount + LEVELS.length;
  const standards = trainOneVsRest(
    matrixOf(set, rows, STANDARD_SHARES, frequencies),
    Uint8Array.from(rows, (row) => set.standards[row]),
    set.standardCount,
    Float32Array.from(rows, (row) => set.weights[row]),
    STANDARD_SVM,
    (done) => onProgress(done / steps),
  );
  const levels = trainOneVsRest(
    matrixOf(set, labelled, LEVEL_SHARES, frequencies),
    Uint8Array.from(labelled, (row) => set.levels[row]),
    LEVELS.length,
    Float32Array.from(labelled, (row) => set.weights[row]),
    LEVEL_SVM,
    (done) => onProgress((set.standardCount + done) / steps),
  );
  return new LocalModel(frequencies, standards, levels);
}

/** What a model that never saw the fold's authors says about their problems. */
export function scoreFold(model: LocalModel, set: TrainingSet, fold: number): { readonly row: number; readonly scores: LocalScores }[] {
  return [...set.folds.keys()].filter((row) => set.folds[row] === fold).map((row) => ({ row, scores: model.scoreHashes(hashesOf(set.corpus, row)) }));
}

function matrixOf(set: TrainingSet, rows: readonly number[], shares: BlockShares, frequencies: DocumentFrequencies): SparseMatrix {
  const vectoriser = new Vectoriser(shares, BLOCKS, frequencies);
  const vectors = rows.map((row) => vectoriser.vectorise(hashesOf(set.corpus, row)));
  const offsets = new Uint32Array(rows.length + 1);
  vectors.forEach((vector, i) => (offsets[i + 1] = offsets[i] + vector.indices.length));
  const indices = new Uint16Array(offsets[rows.length]);
  const values = new Float32Array(offsets[rows.length]);
  vectors.forEach((vector, i) => {
    indices.set(vector.indices, offsets[i]);
    values.set(vector.values, offsets[i]);
  });
  return { offsets, indices, values };
}

