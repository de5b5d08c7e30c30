import { type NewEvent, ProblemLabeled } from '@math-labeler/contracts';
import { Consumes } from '@math-labeler/messaging';
import { Controller } from '@nestjs/common';
import { ReviewStore } from './stores/review.store.js';

/** problem.labeled → the label that reviewers answer to. */
@Controller()
export class KeepLabelHandler {
  constructor(private readonly reviews: ReviewStore) {}

  @Consumes(ProblemLabeled)
  async handle({ data }: ProblemLabeled): Promise<NewEvent[]> {
    // That reviewers disagree over the earlier problem of the same words says nothing of this problem's own reviewers.
    const { contested: _, ...own } = data;
    if (own.revision === 1) await this.reviews.keepLabel(own);
    return [];
  }
}
