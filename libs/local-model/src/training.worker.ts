import { parentPort, workerData } from 'node:worker_threads';
import { LEVEL_SCORES, type LocalModel } from './local-model.js';
import { scoreFold, trainModel } from './train-model.js';
import { type HeldOutScores, type JobResult, type TrainingJob, type WorkerMessage } from './training-jobs.js';
import { type TrainingSet } from './training-set.js';

const { set, job } = workerData as { readonly set: TrainingSet; readonly job: TrainingJob };

const model = trainModel(set, job.leaveOut, (share) => send({ kind: 'progress', share }));
const result: JobResult = job.leaveOut === undefined ? { kind: 'model', arrays: model.toArrays() } : { kind: 'scores', scores: heldOutScores(model, job.leaveOut) };
send({ kind: 'result', result }, buffersOf(result));

function send(message: WorkerMessage, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

function heldOutScores(model: LocalModel, fold: number): HeldOutScores {
  const scored = scoreFold(model, set, fold);
  const standards = new Float32Array(scored.length * set.standardCount);
  const levels = new Float32Array(standards.length * LEVEL_SCORES);
  scored.forEach(({ scores }, i) => {
    standards.set(scores.standards, i * set.standardCount);
    for (let standard = 0; standard < set.standardCount; standard++) levels.set(scores.levels(standard), (i * set.standardCount + standard) * LEVEL_SCORES);
  });
  return {
    rows: Uint32Array.from(scored, ({ row }) => row),
    standards,
    levels,
    familiarity: Float32Array.from(scored, ({ scores }) => scores.familiarity),
  };
}

/** The memory that can be handed over instead of being copied. */
function buffersOf(result: JobResult): ArrayBuffer[] {
  const arrays =
    result.kind === 'scores'
      ? [result.scores.rows, result.scores.standards, result.scores.levels, result.scores.familiarity]
      : [result.arrays.standards, result.arrays.levels].flatMap(({ counts, weights, biases }) => [counts, weights, biases]);
  return arrays.map((array) => array.buffer as ArrayBuffer);
}
