import { TransientError } from '@math-labeler/contracts';
import { vectorIn, WordEmbedder } from './embedder.fixture.js';
import { InProcessKnowledgeIndex } from './in-process-knowledge-index.js';
import { type KnowledgeDocument } from './knowledge-index.js';
import { SemanticSearch } from './semantic-search.js';

const circle: KnowledgeDocument = { id: 'X1', kind: 'example', code: '6수03-16', level: 'B', text: '원의 넓이', embedding: { embedder: 'words', vector: vectorIn('원의 넓이') } };
const query = { text: '둥근 원 하나', limits: { example: 3 } };

describe('a search by meaning', () => {
  const embedder = new WordEmbedder();
  const told: Error[] = [];
  const search = (withinMs = 60_000): SemanticSearch => new SemanticSearch({ embedder, withinMs, onAbsent: (reason) => told.push(reason) });
  const index = new InProcessKnowledgeIndex();
  beforeAll(() => index.put([circle]));
  beforeEach(() => {
    embedder.answer = undefined;
    embedder.asked.length = 0;
    told.length = 0;
  });

  test('asks as a query and finds what lies nearest', async () => {
    const [hit] = await search().nearest(query, index);
    expect(hit.document.id).toBe('X1');
    expect(hit.score).toBeCloseTo(1, 6);
    expect(embedder.asked).toEqual([{ texts: [query.text], as: 'query' }]);
    expect(told).toEqual([]);
  });

  test('a blank text means nothing, and nobody is asked', async () => {
    expect(await search().nearest({ ...query, text: ' ' }, index)).toEqual([]);
    expect(embedder.asked).toEqual([]);
  });

  test('an embedder that fails finds nothing, and the reason is told', async () => {
    const away = new TransientError('away');
    embedder.answer = () => Promise.reject(away);
    expect(await search().nearest(query, index)).toEqual([]);
    expect(told).toEqual([away]);
  });

  test('an index that refuses finds nothing, and the reason is told', async () => {
    embedder.answer = async () => [Float32Array.of(1, 0)];
    expect(await search().nearest(query, index)).toEqual([]);
    expect(told).toMatchObject([{ code: 'SEARCH.WRONG_DIMENSION' }]);
  });

  test('an embedder that never answers, nor heeds the signal, is given up in time', async () => {
    embedder.answer = () => new Promise(() => {});
    expect(await search(20).nearest(query, index)).toEqual([]);
    expect(told).toMatchObject([{ name: 'TransientError', message: 'no likeness of meaning within 20 ms' }]);
  });
});
