import { FeedbackRecorded, type NewEvent } from '@math-labeler/contracts';
import { Consumes } from '@math-labeler/messaging';
import { type PersonalDataPolicy, readText } from '@math-labeler/problem-text';
import { Controller, Inject } from '@nestjs/common';
import { Knowledge } from './knowledge.js';

/** What becomes of personal data in the text of a reviewed problem. */
export const PERSONAL_DATA = Symbol('personal data');

/** feedback.recorded → evidence for the next problem. */
@Controller()
export class LearnFromFeedbackHandler {
  constructor(
    private readonly knowledge: Knowledge,
    @Inject(PERSONAL_DATA) private readonly personalData: PersonalDataPolicy,
  ) {}

  @Consumes(FeedbackRecorded)
  async handle({ data }: FeedbackRecorded): Promise<NewEvent[]> {
    const { id, revision, content, code, level, contested } = data;
    await this.knowledge.learn({ id, revision, text: readText(content, this.personalData), code, level, contested });
    return [];
  }
}
