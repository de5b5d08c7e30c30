import { randomUUID } from 'node:crypto';
import { derivedId, type NewEvent, ProblemSubmitted } from '@math-labeler/contracts';
import { type EventPublisher } from '@math-labeler/messaging';
import { type Admission } from './admission.js';
import { overloaded } from './overloaded.js';
import { ApiProblem, type FieldError } from './problem-document.js';
import { type SentProblem } from './read-submissions.js';
import { type KnownProblem, type ProblemView, type ProblemViewStore } from './stores/problem-view.store.js';
import { type WaitingRequests } from './waiting-requests.js';

/** A problem with the id that it is known under, and the event that tells of it: the same request gives the same event. */
interface Identified {
  readonly id: string;
  readonly problem: SentProblem;
  readonly event: NewEvent;
}

export interface Submitting {
  /** Of the request: its problems without an id get the same ones when it is sent again. */
  readonly idempotencyKey?: string;
  readonly waitMs: number;
}

/** A problem of a request: what is known of it once it is finished. */
export interface Answer {
  readonly id: string;
  readonly view?: ProblemView;
}

/** Brings problems into the log, once each, and gives what becomes of them. */
export class SubmitProblems {
  constructor(
    private readonly store: ProblemViewStore,
    private readonly publisher: EventPublisher,
    private readonly admission: Admission,
    private readonly waiting: WaitingRequests,
  ) {}

  /** Resolves once the log has them all, and they are finished or the time is over; throws ApiProblem for an id that is another problem's. */
  async submit(sent: readonly SentProblem[], { idempotencyKey, waitMs }: Submitting): Promise<Answer[]> {
    const problems = sent.map((problem, index) => identify(problem, index, idempotencyKey));
    const ids = problems.map(({ id }) => id);
    const watch = waitMs > 0 ? this.waiting.watch(ids, ({ isFinished }) => isFinished) : undefined;
    try {
      await this.publishNew(problems);
      if (watch !== undefined) {
        for (const known of await this.store.known(ids)) if (known !== undefined && known.status !== 'pending') watch.done(known.id);
        await watch.settled(waitMs);
      }
      const views = await this.store.views(ids);
      return ids.map((id, i) => ({ id, ...(views[i] === undefined || views[i].status === 'pending' ? {} : { view: views[i] }) }));
    } finally {
      watch?.end();
    }
  }

  private async publishNew(problems: readonly Identified[]): Promise<void> {
    const known = await this.store.known(problems.map(({ id }) => id));
    // From here to the publishing everything happens in one turn: two requests with one id cannot pass each other.
    const fresh = new Map<string, NewEvent>();
    const others = new Set<Promise<void>>();
    const conflicts: FieldError[] = [];
    problems.forEach((problem, index) => {
      const { id, event } = problem;
      const publication = this.admission.find(id);
      const sameEvent = fresh.get(id)?.id ?? publication?.eventId;
      const held = known[index];
      if (sameEvent !== undefined ? sameEvent !== event.id : held !== undefined && !isSame(held, problem)) conflicts.push(conflict(problem, problems.length === 1 ? undefined : index));
      else if (sameEvent === undefined && held === undefined) fresh.set(id, event);
      else if (publication !== undefined) others.add(publication.published);
    });
    if (conflicts.length > 0) {
      const detail = { ko: '같은 id의 다른 문제가 이미 있어 아무것도 받지 않았습니다', en: 'an id is that of another problem already; nothing was taken' };
      throw new ApiProblem(409, conflicts[0].code, detail, { errors: conflicts });
    }
    if (fresh.size > 0) {
      if (this.admission.isFull) throw overloaded(this.admission);
      others.add(this.publish(fresh));
    }
    await Promise.all(others);
  }

  private publish(events: ReadonlyMap<string, NewEvent>): Promise<void> {
    const published = this.publisher.publish([...events.values()]).catch((error: unknown) => {
      for (const id of events.keys()) this.admission.forget(id);
      throw error;
    });
    for (const [id, event] of events) this.admission.publishing(id, { eventId: event.id, published });
    return published;
  }
}

function identify(problem: SentProblem, index: number, idempotencyKey: string | undefined): Identified {
  const id = problem.id ?? (idempotencyKey === undefined ? randomUUID() : derivedId('idempotency', idempotencyKey, String(index)));
  const { content, metadata } = problem;
  const event = ProblemSubmitted.first(derivedId('submitted', id, textOf(content, metadata)), { id, content, ...(metadata === undefined ? {} : { metadata }) });
  return { id, problem, event };
}

function isSame(known: KnownProblem, { event, problem }: Identified): boolean {
  return known.eventId === event.id || textOf(known.content, known.metadata) === textOf(problem.content, problem.metadata);
}

/** Content and metadata as one text, whatever the order of the metadata's fields. */
function textOf(content: string, metadata: SentProblem['metadata']): string {
  return JSON.stringify(metadata === undefined ? [content] : [content, sorted(metadata)]);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => [name, sorted(each)]);
}

function conflict({ id, problem }: Identified, index: number | undefined): FieldError {
  if (problem.id === undefined) {
    return { index, code: 'GATEWAY.IDEMPOTENCY_KEY_REUSED', reason: { ko: '같은 Idempotency-Key로 다른 내용이 이미 왔습니다', en: 'another body came with the same Idempotency-Key already' } };
  }
  return { index, field: 'id', code: 'GATEWAY.ID_CONFLICT', reason: { ko: `같은 id의 다른 문제가 이미 있습니다: ${id}`, en: `is the id of another problem already: ${id}` } };
}
