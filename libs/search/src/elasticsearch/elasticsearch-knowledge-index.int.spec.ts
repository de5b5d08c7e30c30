import { PermanentError, TransientError } from '@math-labeler/contracts';
import { sharedElasticsearch } from '../../../../tools/test-servers/index.mjs';
import { describeKnowledgeIndex } from '../knowledge-index.behaviour.js';
import { type KnowledgeDocument } from '../knowledge-index.js';
import { SearchServer } from './search-server.fixture.js';

const url = await sharedElasticsearch();

(url === undefined ? describe.skip : describe)('the index in Elasticsearch', () => {
  const server = new SearchServer(url!);
  beforeAll(() => server.makeStrayIndexes());
  afterAll(() => server.removeAll());

  describeKnowledgeIndex(() => server.empty());

  const example = (id: string, text: string): KnowledgeDocument => ({ id, kind: 'example', code: '2수01-01', level: 'B', text });

  test('a put that is all of it there already writes nothing', async () => {
    const index = await server.empty();
    const documents = [example('1', '구슬이 3개 있습니다.'), { ...example('2', '연필이 5자루 있습니다.'), version: 4 }];
    await index.put(documents);
    const [{ name }] = await index.versions.list();
    const written = async () => ((await (await fetch(`${url}/${name}/_stats/indexing`)).json()) as { _all: { primaries: { indexing: { index_total: number } } } })._all.primaries.indexing.index_total;
    const before = await written();
    await index.put(documents);
    expect(await written()).toBe(before);
  });

  test('more documents than fit one request are all there', async () => {
    const index = await server.empty();
    await index.put(Array.from({ length: 2500 }, (_, i) => example(`n${i}`, `문제 ${i} 번`)));
    expect(await index.size()).toBe(2500);
  });

  test('a problem far longer than a query may be is found by its beginning and its end', async () => {
    const index = await server.empty();
    await index.put([example('first', '직육면체의 겨냥도를 완성하세요'), example('last', '원기둥의 전개도를 그려 보세요')]);
    const long = `직육면체의 겨냥도를 완성하세요. ${'가나다라마바사아자차카타파하 1234567890 '.repeat(5000)} 원기둥의 전개도를 그려 보세요.`;
    const hits = await index.search({ text: long, limits: { example: 5 } });
    expect(hits.map(({ document: { id } }) => id).sort()).toEqual(['first', 'last']);
  });

  test('a document that the mapping does not have room for is refused for good, and the others of the same put are there', async () => {
    const index = await server.empty();
    const odd = { ...example('odd', '구슬'), colour: 'red' } as KnowledgeDocument;
    const put = index.put([example('1', '구슬이 3개'), odd, example('2', '연필이 5자루')]);
    await expect(put).rejects.toThrow(PermanentError);
    await expect(put).rejects.toMatchObject({ code: 'SEARCH.REFUSED', message: expect.stringContaining('colour') });
    await index.put([example('3', '공이 2개')]);
    expect(await index.size()).toBe(3);
  });

  test('without an index under the alias everything waits for one, and none is made by writing to it', async () => {
    const index = await server.unprepared();
    for (const attempt of [() => index.search({ text: '구슬', limits: { example: 1 } }), () => index.put([example('1', '구슬')]), () => index.remove([{ id: '1', version: 1 }]), () => index.size()]) {
      await expect(attempt()).rejects.toThrow(TransientError);
      await expect(attempt()).rejects.toThrow(/mathlabel index build/);
    }
    expect(await index.versions.list()).toEqual([]);
  });

  test('a put takes little time, although it shows in the very next search', async () => {
    const index = await server.empty();
    const started = performance.now();
    for (let i = 0; i < 10; i++) {
      await index.put([{ ...example('1', `구슬 ${i}개`), version: i }]);
      const [hit] = await index.search({ text: '구슬', limits: { example: 1 } });
      expect(hit.document.version).toBe(i);
    }
    // Waiting for the refresh that comes by itself would take a second each.
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
