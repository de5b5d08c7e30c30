import { type Reply } from '../language-model.js';
import { type Dialect, type Wish, WISHES } from './dialect.js';
import { type OpenAiClient, Refused } from './openai-client.js';
import { isFiltered } from './provider-errors.js';

/** One way to put a question to a server. */
export interface Wording {
  readonly path: string;
  /** The body of a request that asks for what the server is believed to understand. */
  body(grants: (wish: Wish) => boolean): object;
  read(body: unknown): Reply;
}

/**
 * Asks once, and again at once in other words as long as the server names a parameter that it does not know.
 * @returns with outcome `filtered` and no usage where the provider's filter holds back the question itself
 */
export async function askInDialect(client: OpenAiClient, dialect: Dialect, wording: Wording, model: string, signal: AbortSignal): Promise<Reply> {
  // Of many questions that are under way together, all but one find the wish given up already: one turn more.
  for (let turn = 0; ; turn += 1) {
    const sent = new Set(WISHES.filter((wish) => dialect.grants(wish)));
    try {
      return wording.read(await client.post(wording.path, wording.body((wish) => sent.has(wish)), signal));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (isFiltered(error.refusal)) return { outcome: 'filtered', text: '', usage: { input: 0, cachedInput: 0, output: 0, reasoning: 0 }, model };
      if (turn >= WISHES.length || !dialect.learn(error.refusal, sent)) throw error.cause;
    }
  }
}
