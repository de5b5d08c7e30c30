import { bandMass, firstLook, fitCalibration, judge, learnSourceProfile, softmax, sourcePrior } from '@math-labeler/confidence';
import { type KnowledgeBase } from '@math-labeler/curriculum';
import { type Judged } from '@math-labeler/evaluation';
import { runTrainingJobs } from '@math-labeler/local-model';
import { judgedOf } from './judged.js';
import { heldOutVotes, observationsOf, type TrainingOptions } from './train-labeler.js';
import { trainingData } from './training-data.js';

/** One author's problems as labelled by everything that was learnt from the other authors. */
export interface AuthorResult {
  readonly author: string;
  /** The author taken as one source, whose grade bands are learnt from the problems. */
  readonly withContext: readonly Judged[];
  /** The text alone. */
  readonly withoutContext: readonly Judged[];
}

/** For each author: models, neighbours and calibration without any of the author's problems, then these judged. Minutes of work. */
export async function leaveOneAuthorOut(knowledge: KnowledgeBase, errorTarget: number, { threads, onProgress = () => {}, signal }: TrainingOptions): Promise<AuthorResult[]> {
  const { standards } = knowledge.curriculum;
  const authors = new Set(knowledge.examples.map(({ author }) => author));
  const data = await trainingData(knowledge, authors.size, () => signal?.throwIfAborted());
  const jobs = data.folds.map((_, fold) => ({ leaveOut: fold }));
  const [results, others] = await Promise.all([runTrainingJobs(data.set, jobs, { threads, signal, onProgress }), heldOutVotes(knowledge, data.examples, signal)]);
  const observations = observationsOf(data, results, others);

  return [...authors].map((author) => {
    const own = observations.filter((_, row) => data.examples[row].author === author);
    const gold = data.examples.filter((example) => example.author === author).map(({ code, level }) => ({ codes: [code], level }));
    const calibration = fitCalibration(observations.filter((_, row) => data.examples[row].author !== author));
    const masses = own.map(({ votes }) => bandMass(softmax(firstLook(votes, calibration).logits), standards));
    const context = sourcePrior(learnSourceProfile(masses, standards), standards);
    return {
      author,
      withContext: own.map(({ votes }, i) => judgedOf(judge(votes, calibration, { context, errorTarget }), gold[i], standards)),
      withoutContext: own.map(({ votes }, i) => judgedOf(judge(votes, calibration, { errorTarget }), gold[i], standards)),
    };
  });
}
