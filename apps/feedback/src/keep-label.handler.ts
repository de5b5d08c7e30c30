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
    if (data.revision === 1) await this.reviews.keepLabel(data);
    return [];
  }
}
