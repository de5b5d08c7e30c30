import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { vectorIn, WordEmbedder } from '../embedder.fixture.js';
import { type KnowledgeDocument } from '../knowledge-index.js';
import { embedDocuments, withKnownVectors } from './embed-documents.js';
import { SqliteVectorStore } from './vector.sqlite.js';

const document = (id: string, text: string): KnowledgeDocument => ({ id, kind: 'example', code: '2수01-06', level: 'B', text });
const [marbles, circle] = [document('1', '구슬이 3개'), document('2', '원의 넓이')];

let vectors: SqliteVectorStore;
let embedder: WordEmbedder;
beforeEach(() => {
  const database = openDatabase(':memory:');
  vectors = new SqliteVectorStore({ database, commits: new GroupCommit(database) });
  embedder = new WordEmbedder();
});

test('documents come back in their order with the vector of their text and the name of the embedder', async () => {
  expect(await embedDocuments([marbles, circle], { embedder, vectors })).toEqual([
    { ...marbles, embedding: { embedder: 'words', vector: vectorIn(marbles.text) } },
    { ...circle, embedding: { embedder: 'words', vector: vectorIn(circle.text) } },
  ]);
  expect(embedder.asked).toEqual([{ texts: [marbles.text, circle.text], as: 'passage' }]);
});

test('a text is embedded once: in one go, and in the next', async () => {
  await embedDocuments([marbles, { ...marbles, id: '3' }], { embedder, vectors });
  const told: number[][] = [];
  const again = await embedDocuments([circle, marbles], { embedder, vectors }, { onProgress: (...progress) => told.push(progress) });
  expect(embedder.texts).toEqual([marbles.text, circle.text]);
  expect(again[1].embedding?.vector).toEqual(vectorIn(marbles.text));
  expect(told).toEqual([[2, 1]]);
});

test('another embedder embeds for itself', async () => {
  await embedDocuments([marbles], { embedder, vectors });
  const other = new WordEmbedder('other words');
  await embedDocuments([marbles], { embedder: other, vectors });
  expect(other.texts).toEqual([marbles.text]);
});

test('a blank text is not sent and has no vector', async () => {
  const [blank] = await embedDocuments([document('4', ' \n')], { embedder, vectors });
  expect(blank).not.toHaveProperty('embedding');
  expect(embedder.asked).toEqual([]);
});

test('what was embedded before an embedder fails is kept', async () => {
  const many = Array.from({ length: 300 }, (_, i) => document(`n${i}`, `구슬 ${i}개`));
  let calls = 0;
  embedder.answer = async () => {
    if (++calls > 1) throw new Error('away');
    return many.slice(0, 256).map(({ text }) => vectorIn(text));
  };
  await expect(embedDocuments(many, { embedder, vectors })).rejects.toThrow('away');
  embedder.answer = undefined;
  embedder.asked.length = 0;
  await embedDocuments(many, { embedder, vectors });
  expect(embedder.texts).toHaveLength(44);
});

test('another model under the same name is refused for good, and nothing of it is kept', async () => {
  await embedDocuments([marbles], { embedder, vectors });
  embedder.answer = async () => [Float32Array.of(1, 0)];
  await expect(embedDocuments([marbles, circle], { embedder, vectors })).rejects.toMatchObject({ name: 'PermanentError', code: 'SEARCH.WRONG_DIMENSION' });
  embedder.answer = undefined;
  expect((await embedDocuments([circle], { embedder, vectors }))[0].embedding?.vector).toEqual(vectorIn(circle.text));
});

test('a signal stops it between batches', async () => {
  await expect(embedDocuments([marbles], { embedder, vectors }, { signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped');
  expect(embedder.asked).toEqual([]);
});

test('documents get the vectors that are known without asking anybody', async () => {
  await embedDocuments([marbles], { embedder, vectors });
  embedder.asked.length = 0;
  const [known, unknown] = await withKnownVectors([marbles, circle], { embedder, vectors });
  expect(known.embedding?.vector).toEqual(vectorIn(marbles.text));
  expect(unknown).toBe(circle);
  expect(embedder.asked).toEqual([]);
});
