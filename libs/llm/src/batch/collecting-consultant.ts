import { type Absence, type Consultant, type Question, type Reply } from '../language-model.js';
import { replyKey } from '../replies/reply-key.js';
import { type ReplyStore } from '../replies/reply.store.js';

/** Answers from the store, and collects what is not there instead of asking. */
export class CollectingConsultant implements Consultant {
  private collected = new Map<string, Question>();

  constructor(
    readonly name: string,
    private readonly replies: ReplyStore,
  ) {}

  /** What is not stored is `unavailable`; rejects as the store does. */
  async consult(question: Question): Promise<Reply | Absence> {
    const stored = await this.replies.find(this.name, question.key);
    if (stored !== undefined) return stored;
    this.collected.set(replyKey(this.name, question.key), question);
    return 'unavailable';
  }

  /** Each question that was asked in vain since the last time, once. */
  take(): Question[] {
    const questions = [...this.collected.values()];
    this.collected = new Map();
    return questions;
  }
}
