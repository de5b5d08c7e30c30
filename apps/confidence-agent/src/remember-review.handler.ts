import { FeedbackRecorded, type NewEvent } from '@math-labeler/contracts';
import { Consumes } from '@math-labeler/messaging';
import { Controller } from '@nestjs/common';
import { DecisionStore } from './stores/decision.store.js';

/** feedback.recorded → what later problems of the same words are answered with. */
@Controller()
export class RememberReviewHandler {
  constructor(private readonly decisions: DecisionStore) {}

  @Consumes(FeedbackRecorded)
  async handle({ data: { id, code, level, contested, revision, heldBy } }: FeedbackRecorded): Promise<NewEvent[]> {
    await this.decisions.settle(id, { code, level, contested, revision, reviewer: heldBy });
    return [];
  }
}
