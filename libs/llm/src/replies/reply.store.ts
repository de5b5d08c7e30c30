import { type QuestionKey, type Reply } from '../language-model.js';

/** What models have answered, so that the same question is never paid for twice. */
export abstract class ReplyStore {
  abstract find(model: string, key: QuestionKey): Promise<Reply | undefined>;
  /** Keeps a reply unless the question has one; gives the one that is kept, as `packReply` keeps it. */
  abstract keep(model: string, key: QuestionKey, reply: Reply): Promise<Reply>;
}
