import { type MongoCollection, type MongoStore, type MongoTable } from '@math-labeler/storage';
import { type QuestionKey, type Reply } from '../language-model.js';
import { packReply, unpackReply } from './packed-reply.js';
import { replyKey } from './reply-key.js';
import { ReplyStore } from './reply.store.js';

interface Fields {
  /** As `packReply` gives it. */
  readonly reply: string;
}

export const LLM_REPLIES: MongoCollection<Fields> = { name: 'llm_replies', fields: { reply: { type: String, required: true } }, indexes: [] };

export class MongoReplyStore extends ReplyStore {
  private readonly replies: MongoTable<Fields>;

  constructor(store: MongoStore) {
    super();
    this.replies = store.table(LLM_REPLIES);
  }

  async find(model: string, key: QuestionKey): Promise<Reply | undefined> {
    const kept = await this.replies.get(replyKey(model, key));
    return kept === undefined ? undefined : unpackReply(kept.reply);
  }

  async keep(model: string, key: QuestionKey, reply: Reply): Promise<Reply> {
    const told = packReply(reply);
    const kept = await this.replies.change(replyKey(model, key), (current) => (current === undefined ? { next: { reply: told }, result: told } : { result: current.reply }));
    return unpackReply(kept);
  }
}
