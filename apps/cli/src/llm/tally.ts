import { type Absence, type Consultant, type Purpose, type Question, type Reply, type Usage } from '@math-labeler/llm';

/** What a run has had of a language model, whether it was paid for now or before. */
export interface TallyCount extends Usage {
  readonly replies: number;
  /** US dollars at the price table, as if each were asked now and at once; undefined where a price is not known. */
  readonly dollars?: number;
}

const NOTHING: TallyCount = { replies: 0, input: 0, cachedInput: 0, output: 0, reasoning: 0, dollars: 0 };

/** Counts what passes between those who ask and a model. */
export class Tally implements Consultant {
  readonly absences = new Map<Absence, number>();
  private readonly counts = new Map<Purpose, TallyCount>();

  /** @param dollarsOf what a reply costs, undefined where the price is not known */
  constructor(
    private readonly inner: Consultant,
    private readonly dollarsOf: (reply: Reply) => number | undefined,
  ) {}

  get name(): string {
    return this.inner.name;
  }

  of(purpose: Purpose): TallyCount {
    return this.counts.get(purpose) ?? NOTHING;
  }

  get all(): TallyCount {
    return [...this.counts.values()].reduce(plus, NOTHING);
  }

  async consult(question: Question, signal: AbortSignal): Promise<Reply | Absence> {
    const reply = await this.inner.consult(question, signal);
    if (typeof reply === 'string') this.absences.set(reply, (this.absences.get(reply) ?? 0) + 1);
    else this.counts.set(question.purpose, plus(this.of(question.purpose), { replies: 1, ...reply.usage, dollars: this.dollarsOf(reply) }));
    return reply;
  }
}

function plus(a: TallyCount, b: TallyCount): TallyCount {
  return {
    replies: a.replies + b.replies,
    input: a.input + b.input,
    cachedInput: a.cachedInput + b.cachedInput,
    output: a.output + b.output,
    reasoning: a.reasoning + b.reasoning,
    dollars: a.dollars === undefined || b.dollars === undefined ? undefined : a.dollars + b.dollars,
  };
}
