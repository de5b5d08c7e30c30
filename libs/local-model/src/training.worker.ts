import { parentPort, workerData } from 'node:worker_threads';
import { LEVELS } from '@math-labeler/curriculum';
import { type HeldOutScores, type JobResult, type TrainingJob, type WorkerMessage } from './training-jobs.js';
import { scoreFold, trainModel } from './train-model.js';
import { type TrainingSet } from './training-set.js';
import { type LocalModel } from './local-model.js';

const { set, job } = workerData as { readonly set: TrainingSet; readonly job: TrainingJob };

const model = trainModel(set, job.leaveOut, (share) => send({ kind: 'progress', share }));
const result = job.leaveOut === undefined ? modelResult(model) : { kind: 'scores' as const, scores: heldOutScores(model, job.leaveOut) };
send({ kind: 'result', result }, transferable(result));

function send(message: WorkerMessage, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

function modelResult({ frequencies, standards, levels }: LocalModel): JobResult {
  const arrays = ({ classes, weights, biases }: LocalModel['standards']) => ({ classes, weights, biases });
  return { kind: 'model', problems: frequencies.problems, counts: frequencies.counts, standards: arrays(standards), levels: arrays(levels) };
}

function heldOutScores(model: LocalModel, fold: number): HeldOutScores {
  const scored = scoreFold(model, set, fold);
  const standards = new Float32Array(scored.length * set.standardCount);
  const levels = new Float32Array(scored.length * LEVELS.length);
  scored.forEach(({ scores }, i) => {
    standards.set(scores.standards, i * set.standardCount);
    levels.set(scores.levels, i * LEVELS.length);
  });
  return {
    rows: Uint32Array.from(scored, ({ row }) => row),
    standards,
    levels,
    familiarity: Float32Array.from(scored, ({ scores }) => scores.familiarity),
  };
}

function transferable(result: JobResult): ArrayBuffer[] {
  const arrays =
    result.kind === 'model'
      ? [result.counts, result.standards.weights, result.standards.biases, result.levels.weights, result.levels.biases]
      : [result.scores.rows, result.scores.standards, result.scores.levels, result.scores.familiarity];
  return arrays.map((array) => array.buffer as ArrayBuffer);
}
