import { setImmediate as breathe } from 'node:timers/promises';
import { type Calibration, fitCalibration, type Observation, type Votes } from '@math-labeler/confidence';
import { type KnowledgeBase, type SolvedExample } from '@math-labeler/curriculum';
import { encodeArtefact, type HeldOutScores, type JobResult, LEVEL_SCORES, modelOf, runTrainingJobs } from '@math-labeler/local-model';
import { analyse, normalise } from '@math-labeler/problem-text';
import { InProcessKnowledgeIndex, knowledgeDocuments, type KnowledgeIndex } from '@math-labeler/search';
import { evidenceOf, NEIGHBOURS } from './evidence.js';
import { type TrainingData, trainingData } from './training-data.js';
import { unlearnedVotes } from './voting.js';

export interface TrainingOptions {
  /** Threads to train on. */
  readonly threads: number;
  /** Hears the share done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

export interface TrainingReport {
  readonly problems: number;
  readonly authors: number;
  /** Examples left out because the evaluation set holds the same problem. */
  readonly coincidences: readonly string[];
  readonly seconds: number;
}

export interface TrainedLabeler {
  /** The model file: the local model with its calibration. */
  readonly artefact: Uint8Array;
  readonly report: TrainingReport;
}

/** Out-of-fold observations come from this many groups of authors; one an author costs three times as long and calibrates the same. */
const FOLDS = 5;

/**
 * Trains the local model on everything, and the calibration on what models that had not seen an author say about that author's
 * problems. Deterministic; the work is done in threads; rejects with the signal's reason when aborted.
 */
export async function trainLabeler(knowledge: KnowledgeBase, { threads, onProgress = () => {}, signal }: TrainingOptions): Promise<TrainedLabeler> {
  const started = performance.now();
  const data = await trainingData(knowledge, FOLDS, (share) => {
    signal?.throwIfAborted();
    onProgress(share * 0.1);
  });
  const folds = data.folds.map((_, fold) => ({ leaveOut: fold }));
  const training = runTrainingJobs(data.set, [...folds, {}], { threads, signal, onProgress: (share) => onProgress(0.1 + share * 0.88) });
  const [results, others] = await Promise.all([training, heldOutVotes(knowledge, data.examples, signal)]);
  const calibration = fitCalibration(observationsOf(data, results, others));
  const artefact = encodeArtefact(modelOf(results.at(-1)!), { ...knowledge.fingerprints, companion: calibration satisfies Calibration });
  onProgress(1);
  return {
    artefact,
    report: {
      problems: data.examples.length,
      authors: new Set(data.examples.map(({ author }) => author)).size,
      coincidences: data.coincidences.map(({ example }) => example.id),
      seconds: (performance.now() - started) / 1000,
    },
  };
}

/** What voters that learn nothing say about each example, the neighbours being examples by other authors. */
export async function heldOutVotes(knowledge: KnowledgeBase, examples: readonly SolvedExample[], signal?: AbortSignal): Promise<Omit<Votes, 'local'>[]> {
  const index: KnowledgeIndex = new InProcessKnowledgeIndex();
  await index.put(knowledgeDocuments({ ...knowledge, examples }, normalise));
  const positions = new Map(knowledge.curriculum.standards.map(({ code }, i) => [code, i]));
  const votes: Omit<Votes, 'local'>[] = [];
  for (const { text, author } of examples) {
    if (votes.length % 50 === 0) await breathe();
    signal?.throwIfAborted();
    const problem = analyse(text);
    const hits = await index.search({ text: problem.text, limits: NEIGHBOURS, excludeGroup: author });
    votes.push(unlearnedVotes(problem, evidenceOf(problem.text, hits), positions));
  }
  return votes;
}

/** Joins what the held-out models and the neighbours say about each example with the label it really has. */
export function observationsOf(
  { set, examples }: Pick<TrainingData, 'set' | 'examples'>,
  results: readonly JobResult[],
  others: readonly Omit<Votes, 'local'>[],
): Observation[] {
  const observations = new Array<Observation>(examples.length);
  for (const result of results) {
    if (result.kind !== 'scores') continue;
    result.scores.rows.forEach((row, i) => {
      observations[row] = {
        votes: { local: localVote(result.scores, i, set.standardCount), ...others[row] },
        standard: set.standards[row],
        level: set.levels[row],
      };
    });
  }
  return observations;
}

function localVote({ standards, levels, familiarity }: HeldOutScores, i: number, standardCount: number): Observation['votes']['local'] {
  return {
    standards: standards.subarray(i * standardCount, (i + 1) * standardCount),
    levels: (standard) => levels.subarray(LEVEL_SCORES * (i * standardCount + standard), LEVEL_SCORES * (i * standardCount + standard + 1)),
    familiarity: familiarity[i],
  };
}
