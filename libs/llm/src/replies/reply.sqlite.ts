import { type EmbeddedStore, migrate } from '@math-labeler/storage';
import { type QuestionKey, type Reply } from '../language-model.js';
import { packReply, unpackReply } from './packed-reply.js';
import { replyKey } from './reply-key.js';
import { ReplyStore } from './reply.store.js';

export class SqliteReplyStore extends ReplyStore {
  private readonly statements;

  constructor(private readonly store: EmbeddedStore) {
    super();
    const { database } = store;
    migrate(database, 'llm replies', ['CREATE TABLE llm_replies (key TEXT PRIMARY KEY, reply TEXT NOT NULL) STRICT;']);
    this.statements = {
      find: database.prepare('SELECT reply FROM llm_replies WHERE key = ?'),
      keep: database.prepare('INSERT INTO llm_replies VALUES (?, ?) ON CONFLICT DO NOTHING'),
    };
  }

  async find(model: string, key: QuestionKey): Promise<Reply | undefined> {
    return this.read(replyKey(model, key));
  }

  keep(model: string, key: QuestionKey, reply: Reply): Promise<Reply> {
    const [id, packed] = [replyKey(model, key), packReply(reply)];
    return this.store.commits.run(() => {
      this.statements.keep.run(id, packed);
      return this.read(id)!;
    });
  }

  private read(id: string): Reply | undefined {
    const row = this.statements.find.get(id) as { readonly reply: string } | undefined;
    return row === undefined ? undefined : unpackReply(row.reply);
  }
}
