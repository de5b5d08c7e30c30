import { PermanentError } from '@math-labeler/contracts';
import { type Consultant, type Question } from '../language-model.js';
import { refusalOf } from './batch-errors.js';

/** Questions that are asked, at most, until one of them is answered. */
const TRIES = 3;

/** Asks a question at once before many go into a batch: what a server does not understand it tells at once, and in a batch a day later, of all questions. */
export class Scout {
  private isBack = false;

  /** @param trouble what the model's server has last said against a question */
  constructor(
    private readonly consultant: Consultant,
    private readonly trouble: () => unknown,
  ) {}

  /** Gives the questions that are left to ask: all of them from the second time on. Rejects with InputError LLM.… where the model would answer nobody. */
  async goAhead(questions: readonly Question[], signal: AbortSignal): Promise<readonly Question[]> {
    if (this.isBack) return questions;
    for (const question of questions.slice(0, TRIES)) {
      const reply = await this.consultant.consult(question, signal);
      if (reply === 'misconfigured') throw refusalOf(this.trouble() ?? new PermanentError('LLM.REFUSED_REQUEST', 'the model answers nobody'));
      if (typeof reply === 'string') continue;
      this.isBack = true;
      return questions.filter((other) => other !== question);
    }
    return questions;
  }
}
