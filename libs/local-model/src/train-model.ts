import { countDocuments } from './document-frequencies.js';
import { hashesOf } from './hashed-corpus.js';
import { HashedLinearModel } from './hashed-linear-model.js';
import { LEVEL_BLOCKS, levelHashes } from './level-hashes.js';
import { trainClassifier } from './linear-classifier.js';
import { LEVEL_SCORES, levelTargets, LocalModel, type LocalScores } from './local-model.js';
import { LEVEL_RECIPE, STANDARD_RECIPE } from './recipe.js';
import { type SparseMatrix } from './sparse-matrix.js';
import { BLOCKS, NONE, type TrainingSet } from './training-set.js';
import { Vectoriser } from './vectoriser.js';

/**
 * Trains on all rows but those of one fold (all of them without one). Deterministic.
 * `onProgress` hears the share done, 0 to 1, and may throw to stop.
 */
export function trainModel(set: TrainingSet, leaveOut: number | undefined, onProgress: (share: number) => void = () => {}): LocalModel {
  const rows = [...set.standards.keys()].filter((row) => leaveOut === undefined || set.folds[row] !== leaveOut);
  const labelled = rows.filter((row) => set.levels[row] !== NONE);
  const steps = set.standardCount + LEVEL_SCORES;
  const standards = trainStandards(set, rows, labelled, (done) => onProgress(done / steps));
  const levels = trainLevels(set, labelled, (done) => onProgress((set.standardCount + done) / steps));
  return new LocalModel(standards, levels);
}

/** From problems, and at less weight from statements and phrases; how common a feature is, the problems alone tell. */
function trainStandards(set: TrainingSet, rows: readonly number[], labelled: readonly number[], onClass: (done: number) => void): HashedLinearModel {
  const { shares, columns, svm } = STANDARD_RECIPE;
  const frequencies = countDocuments(labelled.map((row) => hashesOf(set.corpus, row)));
  const matrix = matrixOf(rows.length, (i) => hashesOf(set.corpus, rows[i]), new Vectoriser(shares, BLOCKS, frequencies, columns));
  const weights = Float32Array.from(rows, (row) => set.weights[row]);
  const classifier = trainClassifier(matrix, columns, set.standardCount, (i, standard) => set.standards[rows[i]] === standard, weights, svm, onClass);
  return new HashedLinearModel(STANDARD_RECIPE, BLOCKS, frequencies, classifier);
}

function trainLevels(set: TrainingSet, labelled: readonly number[], onClass: (done: number) => void): HashedLinearModel {
  const { shares, columns, svm } = LEVEL_RECIPE;
  const hashes = (i: number): Uint32Array[] => levelHashes(hashesOf(set.corpus, labelled[i]), set.standards[labelled[i]]);
  const frequencies = countDocuments(labelled.map((_, i) => hashes(i)));
  const matrix = matrixOf(labelled.length, hashes, new Vectoriser(shares, LEVEL_BLOCKS, frequencies, columns));
  const weights = Float32Array.from(labelled, (row) => set.weights[row]);
  const classifier = trainClassifier(matrix, columns, LEVEL_SCORES, (i, target) => levelTargets(set.levels[labelled[i]])[target], weights, svm, onClass);
  return new HashedLinearModel(LEVEL_RECIPE, LEVEL_BLOCKS, frequencies, classifier);
}

/** What a model that never saw the fold's authors says about their problems. */
export function scoreFold(model: LocalModel, set: TrainingSet, fold: number): { readonly row: number; readonly scores: LocalScores }[] {
  return [...set.folds.keys()].filter((row) => set.folds[row] === fold).map((row) => ({ row, scores: model.scoreHashes(hashesOf(set.corpus, row)) }));
}

function matrixOf(rows: number, hashesOfRow: (i: number) => readonly Uint32Array[], vectoriser: Vectoriser): SparseMatrix {
  const offsets = new Uint32Array(rows + 1);
  let most = 0;
  for (let i = 0; i < rows; i++) most += hashesOfRow(i).reduce((sum, hashes) => sum + hashes.length, 0);
  const indices = new Uint32Array(most);
  const values = new Float32Array(most);
  for (let i = 0; i < rows; i++) {
    const vector = vectoriser.vectorise(hashesOfRow(i));
    indices.set(vector.indices, offsets[i]);
    values.set(vector.values, offsets[i]);
    offsets[i + 1] = offsets[i] + vector.indices.length;
  }
  return { offsets, indices, values };
}
