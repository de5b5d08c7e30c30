import { type NewEvent, ProblemIngested, ProblemRejected, ProblemSubmitted } from '@math-labeler/contracts';
import { fingerprint } from '@math-labeler/curriculum';
import { Consumes } from '@math-labeler/messaging';
import { type PersonalDataPolicy } from '@math-labeler/problem-text';
import { Controller, Inject } from '@nestjs/common';
import { readSubmission, type Rejection } from './read-submission.js';
import { SubmissionStore } from './stores/submission.store.js';

/** What becomes of personal data in the text of a problem. */
export const PERSONAL_DATA = Symbol('personal data');

/** problem.submitted → problem.ingested, or problem.rejected with the reason. */
@Controller()
export class IngestProblemHandler {
  constructor(
    private readonly submissions: SubmissionStore,
    @Inject(PERSONAL_DATA) private readonly personalData: PersonalDataPolicy,
  ) {}

  @Consumes(ProblemSubmitted)
  async handle(event: ProblemSubmitted): Promise<NewEvent[]> {
    const reading = readSubmission(event.data, event.id, this.personalData);
    if (reading.kind === 'rejected') return [rejected(event, reading.id, reading.rejection)];
    const { problem } = reading;
    const { grade, semester } = problem.metadata ?? {};
    const words = fingerprint([[problem.text.replace(/\s/g, ''), grade ?? null, semester ?? null]]);
    const { held, first } = await this.submissions.register({ id: problem.id, eventId: event.id, fingerprint: words });
    if (held.eventId !== event.id) return held.fingerprint === words ? [] : [rejected(event, problem.id, ID_TAKEN)];
    return [ProblemIngested.from(event, { problem: first === problem.id ? problem : { ...problem, duplicateOf: first } })];
  }
}

const ID_TAKEN: Rejection = {
  code: 'INGESTION.ID_CONFLICT',
  field: 'id',
  reason: { ko: '같은 id의 다른 문제가 이미 있습니다', en: 'is the id of another problem already' },
};

function rejected(event: ProblemSubmitted, id: string, rejection: Rejection): NewEvent {
  return ProblemRejected.from(event, { id, ...rejection, submitted: event.data });
}
