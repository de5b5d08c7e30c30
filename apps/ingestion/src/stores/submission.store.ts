/** A problem as ingestion remembers it. */
export interface Submission {
  readonly id: string;
  /** Of the event that brought it. */
  readonly eventId: string;
  /** Of its words and what was told of its grade: the same for all that ask the same. */
  readonly fingerprint: string;
}

export interface Registered {
  /** Who has the id: this submission, or an earlier one. */
  readonly held: Submission;
  /** Id of the first problem with this fingerprint. */
  readonly first: string;
}

/** The problems that were ever submitted. */
export abstract class SubmissionStore {
  /** Remembers a problem, unless its id is taken. Doing it again changes nothing. */
  abstract register(submission: Submission): Promise<Registered>;
}
