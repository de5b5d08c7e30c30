import { feedback, FeedbackRecorded, FeedbackRejected, FeedbackSubmitted, type Label, type NewEvent, ProblemLabeled, TransientError } from '@math-labeler/contracts';
import { type Curriculum, explainIssue } from '@math-labeler/curriculum';
import { type Answer, type AnswerFault, readAnswer, reviewedLabel } from '@math-labeler/labeler';
import { Consumes, type DeliveryContext } from '@math-labeler/messaging';
import { Controller, Inject } from '@nestjs/common';
import { settle } from './settle.js';
import { NOBODY, type Review, ReviewStore } from './stores/review.store.js';

export const CURRICULUM = Symbol('curriculum');

/** The label that an answer is about may still be on its way: how many tries are given to it. */
export const PATIENCE = Symbol('patience');

/** feedback.submitted → feedback.recorded and a new revision of problem.labeled, or feedback.rejected with the reason. */
@Controller()
export class RecordFeedbackHandler {
  constructor(
    private readonly reviews: ReviewStore,
    @Inject(CURRICULUM) private readonly curriculum: Curriculum,
    @Inject(PATIENCE) private readonly patience: number,
  ) {}

  @Consumes(FeedbackSubmitted)
  async handle(event: FeedbackSubmitted, { tries }: DeliveryContext): Promise<NewEvent[]> {
    const answer = this.read(event.data);
    if (answer.kind === 'fault') return [rejected(event, answer)];
    const problemId = String(event.data.problem_id);
    const own = await this.reviews.label(problemId);
    if (own === undefined) {
      if (tries <= this.patience) throw new TransientError(`${problemId} has no label yet`);
      return [rejected(event, unknownProblem(problemId))];
    }
    const reviewer = event.data.reviewer ?? NOBODY;
    const { code, level } = answer.kind === 'label' ? answer : await this.present(own);
    return this.recorded(event, own, { eventId: event.id, problemId, reviewer, code, level });
  }

  private read(value: unknown): Answer | AnswerFault {
    const parsed = feedback.safeParse(value, { reportInput: true });
    if (parsed.success) return readAnswer(parsed.data, this.curriculum);
    const { field, reason } = explainIssue(parsed.error.issues[0]);
    return { kind: 'fault', code: 'FEEDBACK.BAD_FIELD', field: field ?? '', reason };
  }

  /** What holds now, which is what a reviewer confirms. */
  private async present(own: Label): Promise<Pick<Label, 'code' | 'level'>> {
    const answers = await this.reviews.answers(own.id);
    return answers.length === 0 ? own : settle(answers);
  }

  private async recorded(event: FeedbackSubmitted, own: Label, review: Review): Promise<NewEvent[]> {
    const answers = await this.reviews.answer(review);
    const settled = settle(answers);
    const said = answers[answers.length - 1];
    const label = reviewedLabel(own, settled, this.curriculum);
    const { comment } = event.data;
    return [
      FeedbackRecorded.from(event, {
        id: own.id,
        content: own.content,
        code: settled.code,
        level: settled.level,
        verdict: settled.code === own.code && settled.level === own.level ? 'confirmed' : 'corrected',
        contested: settled.contested,
        revision: settled.revision,
        reviewer: said.reviewer,
        heldBy: settled.reviewer,
        answer: { code: said.code, level: said.level },
        labeled: { code: own.code, level: own.level },
        ...(comment === undefined ? {} : { comment }),
      }),
      ProblemLabeled.from(event, label),
    ];
  }
}

function unknownProblem(id: string): AnswerFault {
  return { kind: 'fault', code: 'FEEDBACK.UNKNOWN_PROBLEM', field: 'problem_id', reason: { ko: `모르는 문제입니다: ${id}`, en: `is not a known problem: ${id}` } };
}

function rejected(event: FeedbackSubmitted, { code, field, reason }: AnswerFault): NewEvent {
  const given = (event.data as { problem_id?: unknown } | null)?.problem_id;
  return FeedbackRejected.from(event, { id: typeof given === 'string' || typeof given === 'number' ? String(given) : event.id, code, ...(field === '' ? {} : { field }), reason, submitted: event.data });
}
