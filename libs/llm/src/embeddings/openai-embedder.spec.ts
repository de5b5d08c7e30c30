import { PermanentError } from '@math-labeler/contracts';
import { type Usage } from '../language-model.js';
import { ModelUnavailable } from '../model-unavailable.js';
import { OpenAiEmbedder } from './openai-embedder.js';

interface Body {
  readonly model: string;
  readonly input: readonly string[];
}

/** A server that answers each text with a vector of its length, unless told otherwise. */
class Server {
  readonly asked: Body[] = [];
  readonly answers: (() => unknown)[] = [];
  readonly waits: number[] = [];
  readonly usages: Usage[] = [];

  embedder(model = 'embed-small'): OpenAiEmbedder {
    return new OpenAiEmbedder({
      model,
      client: { post: async (path, body) => this.answer(path, body as Body) },
      onUsage: (usage) => this.usages.push(usage),
      wait: async (ms) => this.waits.push(ms),
    });
  }

  private answer(path: string, body: Body): unknown {
    expect(path).toBe('/embeddings');
    this.asked.push(body);
    return (this.answers.shift() ?? (() => vectors(body)))();
  }
}

const vectors = ({ input }: Body, size = 2) => ({
  data: input.map((text, index) => ({ index, embedding: [text.length, ...Array.from({ length: size - 1 }, () => 1)] })),
  usage: { prompt_tokens: input.length, total_tokens: input.length },
});
const failing = (error: Error) => () => {
  throw error;
};
const busy = (retryAfterMs?: number) => failing(new ModelUnavailable('LLM.BUSY', 'busy', retryAfterMs));

let server: Server;
beforeEach(() => {
  server = new Server();
});

test('many texts go in several requests, and their vectors come back in order', async () => {
  const texts = Array.from({ length: 150 }, (_, i) => 'x'.repeat(i + 1));
  const found = await server.embedder().embed(texts, 'passage');
  expect(server.asked.map(({ input }) => input.length)).toEqual([64, 64, 22]);
  expect(found.map(([first, second]) => Math.round(first / second))).toEqual(texts.map(({ length }) => length));
  expect(server.usages.map(({ input }) => input)).toEqual([64, 64, 22]);
});

test('a model that was trained with prefixes gets them', async () => {
  const embedder = server.embedder('multilingual-e5-small');
  await embedder.embed(['구슬'], 'query');
  await embedder.embed(['구슬'], 'passage');
  expect(server.asked.flatMap(({ input }) => input)).toEqual(['query: 구슬', 'passage: 구슬']);
});

test('a blank text is never sent', async () => {
  await expect(server.embedder().embed(['구슬', ' \n'], 'query')).rejects.toThrow(RangeError);
  expect(server.asked).toEqual([]);
  expect(await server.embedder().embed([], 'query')).toEqual([]);
});

test('a text far longer than a model reads is cut, between two characters', async () => {
  await server.embedder().embed(['👩'.repeat(1200)], 'query');
  expect(server.asked[0].input).toEqual(['👩'.repeat(1000)]);
});

test('what passes is tried again, after the time that the server tells or a growing one', async () => {
  server.answers.push(busy(), busy(1234), busy());
  expect(await server.embedder().embed(['구슬'], 'query')).toHaveLength(1);
  expect(server.waits).toEqual([500, 1234, 2000]);
});

test('after four tries it is told, and so is a server that wants to be left alone for long', async () => {
  server.answers.push(busy(), busy(), busy(), busy());
  await expect(server.embedder().embed(['구슬'], 'query')).rejects.toMatchObject({ name: 'TransientError', code: 'LLM.BUSY' });
  expect(server.asked).toHaveLength(4);
  server.answers.push(busy(600_000));
  await expect(server.embedder().embed(['구슬'], 'query')).rejects.toMatchObject({ retryAfterMs: 600_000 });
  expect(server.asked).toHaveLength(5);
});

test('what does not pass is told at once', async () => {
  server.answers.push(failing(new PermanentError('LLM.NOT_LET_IN', 'wrong key')));
  await expect(server.embedder().embed(['구슬'], 'query')).rejects.toMatchObject({ code: 'LLM.NOT_LET_IN' });
  expect(server.asked).toHaveLength(1);
});

test('an answer that lacks a vector is asked for again', async () => {
  server.answers.push(() => ({ data: [] }));
  expect(await server.embedder().embed(['구슬'], 'query')).toHaveLength(1);
  expect(server.asked).toHaveLength(2);
});

test('the size of the vectors is known from the first answer on, and another one is refused for good', async () => {
  const embedder = server.embedder();
  expect(embedder.dimensions).toBeUndefined();
  await embedder.embed(['구슬'], 'query');
  expect(embedder.dimensions).toBe(2);
  server.answers.push(() => vectors({ model: 'x', input: ['구슬'] }, 3));
  await expect(embedder.embed(['구슬'], 'query')).rejects.toMatchObject({ name: 'PermanentError', code: 'SEARCH.WRONG_DIMENSION' });
});

test('whoever has stopped waiting is told so, and nothing is tried again', async () => {
  const stopping = new AbortController();
  server.answers.push(() => {
    stopping.abort(new Error('stopped'));
    throw new ModelUnavailable('LLM.UNREACHABLE', 'away');
  });
  await expect(server.embedder().embed(['구슬'], 'query', stopping.signal)).rejects.toThrow('stopped');
  expect(server.asked).toHaveLength(1);
});
