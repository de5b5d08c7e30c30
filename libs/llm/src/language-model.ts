/** What a call is for, as the ledger counts it. */
export const PURPOSES = ['first look', 'second look', 'embedding'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What a reply is kept under, beside the name of the model: the same question is never paid for twice. */
export interface QuestionKey {
  /** SHA-256 of the problem's text, in hex. */
  readonly problem: string;
  /** Version of the prompt. */
  readonly prompt: string;
  /** What may be answered, in the order in which it is offered. */
  readonly candidates: readonly string[];
  /** 0 for the first time that the question is asked, 1 for the next, where several answers are compared. */
  readonly sample: number;
}

/** What a model is asked: one answer in JSON. */
export interface Question {
  readonly key: QuestionKey;
  readonly purpose: Exclude<Purpose, 'embedding'>;
  /** The same for many questions, so that providers keep it in their cache. */
  readonly system: string;
  readonly user: string;
  /** JSON Schema of the answer, with its name; the same for all questions of a prompt version. */
  readonly schema: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> };
  readonly maxOutputTokens: number;
}

/** Tokens that the provider has counted. */
export interface Usage {
  readonly input: number;
  /** Part of `input` that the provider had in its cache. */
  readonly cachedInput: number;
  /** Part of `input` that the provider has put into its cache, where it tells. */
  readonly cacheWrite?: number;
  readonly output: number;
  /** Part of `output` that the model thought and did not say. */
  readonly reasoning: number;
}

/** A token of the reply with its natural log probability, and the likeliest ones in its place. */
export interface ReplyToken {
  readonly text: string;
  readonly logprob: number;
  readonly top: readonly { readonly text: string; readonly logprob: number }[];
}

/** What a model has answered, and was paid for. */
export interface Reply {
  /** `answered`: text that may be what was asked for; `refused`: it says that it will not; `cut`: the text ends at the limit of tokens; `filtered`: the provider holds it back. */
  readonly outcome: 'answered' | 'refused' | 'cut' | 'filtered';
  readonly text: string;
  /** Absent where the provider tells no probabilities. */
  readonly tokens?: readonly ReplyToken[];
  readonly usage: Usage;
  /** The model that answered, by the provider's name for it. */
  readonly model: string;
}

/** One provider's model, asked once: no retries, no memory. */
export interface LanguageModel {
  /** As it is asked for, and as replies are kept. */
  readonly name: string;
  /** Rejects with TransientError for what may pass, with PermanentError `LLM.…` for what will not. */
  ask(question: Question, signal: AbortSignal): Promise<Reply>;
}

/** Why there is no reply. */
export const ABSENCES = ['over budget', 'unavailable', 'late', 'misconfigured'] as const;
export type Absence = (typeof ABSENCES)[number];

/** Asks a model for those who need an answer in time or none: never rejects but for the signal's reason. */
export interface Consultant {
  /** Of the model. */
  readonly name: string;
  consult(question: Question, signal: AbortSignal): Promise<Reply | Absence>;
}
