import { PermanentError, TransientError } from '@math-labeler/contracts';
import { type Embedder, InProcessKnowledgeIndex, type KnowledgeDocument, openVectors, type VectorStore } from '@math-labeler/search';
import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { BackgroundEmbedding } from './background-embedding.js';

const documents: KnowledgeDocument[] = ['구슬 3개', '원의 넓이'].map((text, i) => ({ id: `${i}`, kind: 'example', code: '2수01-01', level: 'B', text }));
const byMeaning = { embedding: { embedder: 'e', vector: Float32Array.of(1, 0) }, limits: { example: 10 } };
const byWording = { text: '구슬', limits: { example: 10 } };

/** Fails as it is told, then answers. */
class Wavering implements Embedder {
  readonly name = 'e';
  readonly failures: Error[] = [];
  calls = 0;

  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    this.calls += 1;
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    return texts.map(() => Float32Array.of(1, 0));
  }
}

let vectors: VectorStore;
let embedder: Wavering;
let index: InProcessKnowledgeIndex;
let told: Error[];
let waits: number;
beforeEach(() => {
  const database = openDatabase(':memory:');
  vectors = openVectors({ database, commits: new GroupCommit(database) });
  embedder = new Wavering();
  index = new InProcessKnowledgeIndex();
  [told, waits] = [[], 0];
});

function background(): BackgroundEmbedding {
  return new BackgroundEmbedding(index, { embedder, vectors, onAbsent: (reason) => told.push(reason), wait: async () => (waits += 1) });
}

test('documents are found by their wording at once, and by their meaning when they are embedded', async () => {
  const embedding = background();
  await embedding.put(documents);
  expect(await index.search(byWording)).toHaveLength(1);
  await embedding.done;
  expect(await index.nearest(byMeaning)).toHaveLength(2);
  expect(told).toEqual([]);
});

test('what was embedded before is there by its meaning at once, and nobody is asked', async () => {
  const before = background();
  await before.put(documents);
  await before.done;
  index = new InProcessKnowledgeIndex();
  await background().put(documents);
  expect(await index.nearest(byMeaning)).toHaveLength(2);
  expect(embedder.calls).toBe(1);
});

test('while an embedder is away it is asked again and again, and each time it is told why', async () => {
  const away = [new TransientError('away'), new TransientError('still away')];
  embedder.failures.push(...away);
  const embedding = background();
  await embedding.put(documents);
  await embedding.done;
  expect([told, waits]).toEqual([away, 2]);
  expect(await index.nearest(byMeaning)).toHaveLength(2);
});

test('what can never be embedded stays without a vector, and what comes later is tried', async () => {
  const refused = new PermanentError('LLM.NOT_LET_IN', 'wrong key');
  embedder.failures.push(refused);
  const embedding = background();
  await embedding.put(documents.slice(0, 1));
  await embedding.put(documents.slice(1));
  await embedding.done;
  expect([told, waits]).toEqual([[refused], 0]);
  expect((await index.nearest(byMeaning)).map(({ document: { id } }) => id)).toEqual(['1']);
  expect(await index.search(byWording)).toHaveLength(1);
});

test('a later version of a document is not undone by the vector of an earlier one', async () => {
  const [first] = documents;
  const embedding = background();
  await embedding.put([{ ...first, version: 1 }]);
  await index.put([{ ...first, version: 2, level: 'A' }]);
  await embedding.done;
  expect(await index.search(byWording)).toMatchObject([{ document: { version: 2, level: 'A' } }]);
  expect(await index.nearest(byMeaning)).toEqual([]);
});

test('once closed it asks nobody any more, and what it leaves is no failure', async () => {
  const waiting: Embedder = {
    name: 'e',
    embed: async (_texts, _as, signal) => {
      while (!signal!.aborted) await new Promise(setImmediate);
      throw signal!.reason;
    },
  };
  const embedding = new BackgroundEmbedding(index, { embedder: waiting, vectors, onAbsent: (reason) => told.push(reason) });
  await embedding.put(documents);
  embedding.close();
  await embedding.done;
  expect(told).toEqual([]);
  embedder.failures.push(new TransientError('away'));
  const another = new BackgroundEmbedding(index, { embedder, vectors, onAbsent: () => another.close() });
  await another.put(documents);
  await another.done;
  expect(embedder.calls).toBe(1);
});
