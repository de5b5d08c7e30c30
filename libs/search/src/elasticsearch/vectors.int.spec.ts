import { sharedElasticsearch } from '../../../../tools/test-servers/index.mjs';
import { vectorIn } from '../embedder.fixture.js';
import { type KnowledgeDocument, type MeaningQuery } from '../knowledge-index.js';
import { describeNearest, DIMENSIONS } from '../knowledge-nearest.behaviour.js';
import { provenance, SearchServer } from './search-server.fixture.js';

const url = await sharedElasticsearch();

(url === undefined ? describe.skip : describe)('vectors in Elasticsearch', () => {
  const server = new SearchServer(url!);
  afterAll(() => server.removeAll());

  describeNearest(() => server.empty(DIMENSIONS));

  const document = (id: string, text: string, version?: number): KnowledgeDocument => ({ id, kind: 'example', code: '2수01-01', level: 'B', text, ...(version === undefined ? {} : { version }) });
  const embedded = (plain: KnowledgeDocument): KnowledgeDocument => ({ ...plain, embedding: { embedder: 'words', vector: vectorIn(plain.text) } });
  const asking = (text: string): MeaningQuery => ({ embedding: { embedder: 'words', vector: vectorIn(text) }, limits: { example: 10 } });

  test('an index without room for vectors takes the words of a document, and says what to do when it is asked by meaning', async () => {
    const index = await server.empty();
    await index.put([embedded(document('1', '구슬이 3개'))]);
    expect(await index.search({ text: '구슬', limits: { example: 1 } })).toMatchObject([{ document: { id: '1' } }]);
    await expect(index.nearest(asking('구슬'))).rejects.toMatchObject({ name: 'PermanentError', code: 'SEARCH.NO_VECTORS', message: expect.stringContaining('index build') });
  });

  test('a vector of another size than the index has room for is left out', async () => {
    const index = await server.empty(2);
    await index.put([embedded(document('1', '구슬이 3개'))]);
    expect(await index.search({ text: '구슬', limits: { example: 1 } })).toMatchObject([{ document: { id: '1' } }]);
  });

  test('a put that is all of it there already, vectors too, writes nothing', async () => {
    const index = await server.empty(DIMENSIONS);
    const documents = [embedded(document('1', '구슬이 3개', 1)), embedded(document('2', '원'))];
    await index.put(documents);
    const [{ name }] = await index.versions.list();
    const written = async () => ((await (await fetch(`${url}/${name}/_stats/indexing`)).json()) as { _all: { primaries: { indexing: { index_total: number } } } })._all.primaries.indexing.index_total;
    const before = await written();
    await index.put(documents);
    expect(await written()).toBe(before);
    await index.put([document('2', '원')]);
    expect(await written()).toBe(before + 1);
  });

  test('what an index was taught is carried over with its vectors, and without them into one that has no room', async () => {
    const index = await server.unprepared();
    const base = [document('base', '길이가 3 cm')];
    await index.versions.prepare(base.map(embedded), provenance);
    expect((await index.versions.list())[0].origin).toMatchObject({ embedder: 'words' });
    await index.put([embedded(document('taught', '구슬이 3개', 1))]);
    await index.versions.swap(await index.versions.build([...base, document('more', '원')].map(embedded), provenance));
    expect((await index.nearest(asking('구슬')))[0]).toMatchObject({ document: { id: 'taught' }, score: expect.closeTo(1, 2) });
    await index.versions.swap(await index.versions.build(base, provenance));
    expect(await index.search({ text: '구슬', limits: { example: 1 } })).toMatchObject([{ document: { id: 'taught', version: 1 } }]);
    await expect(index.nearest(asking('구슬'))).rejects.toMatchObject({ code: 'SEARCH.NO_VECTORS' });
  });
});
