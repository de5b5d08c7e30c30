import { vectorIn } from './embedder.fixture.js';
import { type KnowledgeDocument, type KnowledgeIndex, type MeaningQuery } from './knowledge-index.js';

/** Numbers in the vectors of this specification: an index has to have room for them. */
export const DIMENSIONS = 4;

const embedded = (document: KnowledgeDocument, embedder = 'words'): KnowledgeDocument => ({ ...document, embedding: { embedder, vector: vectorIn(document.text) } });
const marbles: KnowledgeDocument = { id: 'X1', kind: 'example', code: '2수01-06', level: 'B', text: '구슬 23개와 구슬 45개를 더하면?', group: 't1', version: 1 };
const ribbon: KnowledgeDocument = { id: 'X2', kind: 'example', code: '2수03-13', level: 'B', text: '이으면 길이는 몇 m인가요?', group: 't2' };
const circle: KnowledgeDocument = { id: 'X3', kind: 'example', code: '6수03-16', level: 'A', text: '원의 길이와 구슬의 길이', group: 't2' };
const area: KnowledgeDocument = { id: '6수03-16', kind: 'standard', code: '6수03-16', text: '원의 넓이를 구할 수 있다.' };

/** What every adapter of the port does with vectors. `create` gives a new, empty index. */
export function describeNearest(create: () => Promise<KnowledgeIndex>): void {
  let index: KnowledgeIndex;
  beforeEach(async () => {
    index = await create();
  });

  const asking = (text: string, query: Partial<MeaningQuery> = {}): MeaningQuery => ({ embedding: { embedder: 'words', vector: vectorIn(text) }, limits: { example: 10, standard: 10 }, ...query });
  const found = async (query: MeaningQuery) => (await index.nearest(query)).map(({ document }) => document.id);

  test('the nearest in meaning come first, whole but for their vectors, with the cosine as score', async () => {
    await index.put([marbles, ribbon, circle, area].map((document) => embedded(document)));
    const hits = await index.nearest(asking('길이'));
    expect(hits.map(({ document }) => document.id)).toEqual(['X2', 'X3', '6수03-16', 'X1']);
    expect(hits[0].document).toEqual(ribbon);
    for (const { document, score } of hits) expect(score).toBeCloseTo(cosine(vectorIn(document.text), vectorIn('길이')), 4);
  });

  test('what lies in the opposite direction is found last', async () => {
    await index.put([embedded(ribbon), { ...circle, embedding: { embedder: 'words', vector: vectorIn('길이').map((value) => -value) } }]);
    const hits = await index.nearest(asking('길이'));
    expect(hits.map(({ document: { id }, score }) => [id, Number(score.toFixed(3))])).toEqual([['X2', 1], ['X3', -1]]);
  });

  test('each kind has its own limit, and a kind without one is not searched', async () => {
    await index.put([marbles, ribbon, circle, area].map((document) => embedded(document)));
    expect(await found(asking('원', { limits: { standard: 5 } }))).toEqual(['6수03-16']);
    expect(await found(asking('구슬', { limits: { example: 1, standard: 1 } }))).toEqual(['X1', '6수03-16']);
    expect(await found(asking('원', { limits: {} }))).toEqual([]);
  });

  test('a group that is left out has no hit, and others take its place', async () => {
    await index.put([marbles, ribbon, circle, area].map((document) => embedded(document)));
    expect(await found(asking('길이', { limits: { example: 2 }, excludeGroup: 't2' }))).toEqual(['X1']);
  });

  test('documents without a vector, and those of another embedder, are not found by meaning', async () => {
    await index.put([marbles, embedded(ribbon, 'other words'), embedded(circle)]);
    expect(await found(asking('구슬'))).toEqual(['X3']);
    expect(await found({ ...asking('구슬'), embedding: { embedder: 'unknown words', vector: vectorIn('구슬') } })).toEqual([]);
  });

  test('a search by wording finds documents with a vector as those without, and tells none of it', async () => {
    await index.put([marbles, ribbon]);
    const query = { text: ribbon.text, limits: { example: 10 } };
    const without = await index.search(query);
    await index.put([embedded(marbles), embedded(ribbon)]);
    expect(await index.search(query)).toEqual(without);
  });

  test('a document put again has its new vector alone, and none when it comes without', async () => {
    await index.put([embedded(marbles), embedded(ribbon)]);
    await index.put([embedded({ ...marbles, text: '원', version: 2 })]);
    expect(await found(asking('원', { limits: { example: 1 } }))).toEqual(['X1']);
    await index.put([{ ...marbles, version: 3 }]);
    expect(await found(asking('원'))).toEqual(['X2']);
  });

  test('a removed document is found no more', async () => {
    await index.put([embedded(marbles), embedded(ribbon)]);
    await index.remove([{ id: 'X1', version: 1 }]);
    expect(await found(asking('구슬'))).toEqual(['X2']);
  });

  test('a vector of another size is refused for good', async () => {
    await index.put([embedded(marbles)]);
    await expect(index.nearest({ ...asking('구슬'), embedding: { embedder: 'words', vector: Float32Array.of(0.6, 0.8) } })).rejects.toMatchObject({ name: 'PermanentError', code: 'SEARCH.WRONG_DIMENSION' });
  });
}

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
