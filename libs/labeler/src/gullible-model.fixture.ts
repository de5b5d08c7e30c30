import { type Consultant, type Question, type Reply } from '@math-labeler/llm';
import { obedientAnswer } from '../../prompt/src/gullible-reader.fixture.js';

/** A model that obeys an order wherever it reads a piece of it, between marks or not, at the first look and at the second, and refuses what holds none. */
export class GullibleModel implements Consultant {
  readonly name = 'gullible';
  /** Times that it has obeyed. */
  obeyed = 0;

  /** @param order normalised, as the text that holds it will be */
  constructor(public order: string) {}

  async consult({ user, key }: Question): Promise<Reply> {
    const answer = obedientAnswer(user, this.order, key.candidates);
    if (answer !== undefined) this.obeyed++;
    return {
      outcome: answer === undefined ? 'refused' : 'answered',
      text: answer ?? '',
      usage: { input: 1, cachedInput: 0, output: 1, reasoning: 0 },
      model: this.name,
    };
  }
}
