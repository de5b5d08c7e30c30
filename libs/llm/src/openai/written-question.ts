import { type LanguageModel, type Question } from '../language-model.js';

/** Where questions are put, behind `/v1`. */
export type QuestionPath = '/chat/completions' | '/responses';

/** A model whose questions can also be written down, for a batch, which is answered later. */
export interface WritingModel extends LanguageModel {
  readonly path: QuestionPath;
  /** The body that `ask` would send now, as far as the server has told what it understands. */
  request(question: Question): object;
}
