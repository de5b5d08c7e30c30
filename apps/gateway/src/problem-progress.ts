import { type Metrics } from '@math-labeler/service-kit';
import { type Admission } from './admission.js';
import { type Failure, type LabeledProblem, type ProblemViewStore, type Projected, type Refusal, type Rejection, type SubmittedProblem } from './stores/problem-view.store.js';
import { type WaitingRequests } from './waiting-requests.js';

/** Writes what is told of problems into the read model, and lets everybody know who counts or waits for them. */
export class ProblemProgress {
  constructor(
    private readonly store: ProblemViewStore,
    private readonly admission: Admission,
    private readonly waiting: WaitingRequests,
    private readonly metrics: Metrics,
  ) {}

  async submitted(problem: SubmittedProblem): Promise<void> {
    const projected = await this.store.submitted(problem);
    this.admission.forget(problem.id);
    this.tell(problem.id, projected);
  }

  async labeled(problem: LabeledProblem): Promise<void> {
    const { label } = problem;
    const projected = await this.store.labeled(problem);
    if (projected.isNews) {
      this.metrics.confidence.observe({ decision: label.decision }, label.confidence);
      this.metrics.decisions.inc({ decision: label.decision, decided_by: label.decidedBy });
    }
    this.tell(label.id, projected);
  }

  async rejected(rejection: Rejection): Promise<void> {
    this.tell(rejection.id, await this.store.rejected(rejection));
  }

  async failed(id: string, failure: Failure): Promise<void> {
    this.tell(id, await this.store.failed(id, failure));
  }

  /** @param feedbackEvent id of the event that was refused */
  async feedbackRefused(id: string, refusal: Refusal, feedbackEvent: string | undefined): Promise<void> {
    await this.store.feedbackRefused(id, refusal);
    this.waiting.tell(id, { isFinished: false, revision: 0, refused: feedbackEvent });
  }

  private tell(id: string, { status, revision, pending }: Projected): void {
    if (pending !== 0) this.admission.changed(pending);
    this.waiting.tell(id, { isFinished: status !== 'pending', revision });
  }
}
