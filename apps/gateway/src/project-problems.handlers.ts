import { FeedbackRejected, type NewEvent, ProblemLabeled, ProblemRejected, ProblemSubmitted } from '@math-labeler/contracts';
import { Consumes } from '@math-labeler/messaging';
import { Controller } from '@nestjs/common';
import { ProblemProgress } from './problem-progress.js';
import { readSubmitted } from './read-submitted.js';

const NOTHING: NewEvent[] = [];

/** A rejection for an id that another problem has says nothing about that problem. */
const ABOUT_ANOTHER = 'INGESTION.ID_CONFLICT';

/** What happens to problems → the read model. */
@Controller()
export class ProjectProblemsHandlers {
  constructor(private readonly progress: ProblemProgress) {}

  @Consumes(ProblemSubmitted)
  async submitted(event: ProblemSubmitted): Promise<NewEvent[]> {
    await this.progress.submitted(readSubmitted(event));
    return NOTHING;
  }

  @Consumes(ProblemRejected)
  async rejected({ data: { id, code, field, reason }, causationId }: ProblemRejected): Promise<NewEvent[]> {
    if (code !== ABOUT_ANOTHER) await this.progress.rejected({ id, code, field, reason, submittedBy: causationId });
    return NOTHING;
  }

  @Consumes(ProblemLabeled)
  async labeled({ data, time, trail }: ProblemLabeled): Promise<NewEvent[]> {
    await this.progress.labeled({ label: data, at: time, trail });
    return NOTHING;
  }

  @Consumes(FeedbackRejected)
  async feedbackRejected({ data: { id, code, field, reason }, causationId }: FeedbackRejected): Promise<NewEvent[]> {
    await this.progress.feedbackRefused(id, { code, field, reason }, causationId);
    return NOTHING;
  }
}
