import { FeedbackRecorded, type NewEvent } from '@math-labeler/contracts';
import { Consumes } from '@math-labeler/messaging';
import { normalise } from '@math-labeler/problem-text';
import { Controller } from '@nestjs/common';
import { Knowledge } from './knowledge.js';

/** feedback.recorded → evidence for the next problem. */
@Controller()
export class LearnFromFeedbackHandler {
  constructor(private readonly knowledge: Knowledge) {}

  @Consumes(FeedbackRecorded)
  async handle({ data }: FeedbackRecorded): Promise<NewEvent[]> {
    const { id, revision, content, code, level, contested } = data;
    await this.knowledge.learn({ id, revision, text: normalise(content), code, level, contested });
    return [];
  }
}
