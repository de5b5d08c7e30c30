import { TransientError } from '@math-labeler/contracts';
import { sharedElasticsearch, startElasticsearch } from '../../../../tools/test-servers/index.mjs';
import { openElasticsearchIndex } from '../open-elasticsearch-index.js';
import { type KnowledgeDocument } from '../knowledge-index.js';
import { type ElasticsearchKnowledgeIndex } from './elasticsearch-knowledge-index.js';
import { provenance } from './search-server.fixture.js';

const canRun = (await sharedElasticsearch()) !== undefined;
const TIMEOUT_MS = 1000;
const circle: KnowledgeDocument = { id: 'X1', kind: 'example', code: '6수03-16', level: 'A', text: '반지름이 4 cm인 원의 넓이를 구하세요.' };

(canRun ? describe : describe.skip)('an Elasticsearch that fails', () => {
  let server: Awaited<ReturnType<typeof startElasticsearch>>;
  let index: ElasticsearchKnowledgeIndex;
  beforeAll(async () => {
    server = await startElasticsearch();
    index = await openElasticsearchIndex({ url: server.url, alias: 'knowledge', replicas: 0, timeoutMs: TIMEOUT_MS });
    await index.versions.prepare([circle], provenance);
  }, 120_000);
  afterAll(async () => {
    await index.close();
    await server.stop();
  });

  const search = async () => (await index.search({ text: '원의 넓이', limits: { example: 1 } })).map(({ document: { id } }) => id);

  test('frozen, it fails each request in time, and goes on when it is thawed', async () => {
    expect(await search()).toEqual(['X1']);
    await server.freeze();
    const started = performance.now();
    await Promise.all([search, () => index.put([{ ...circle, version: 2 }]), () => index.ping()].map((attempt) => expect(attempt()).rejects.toThrow(/not answered in time/)));
    expect(performance.now() - started).toBeLessThan(2 * TIMEOUT_MS);
    await server.thaw();
    expect(await until(search)).toEqual(['X1']);
  }, 60_000);

  test('killed under a swap and started again, it has everything that was put and one live index; the same client completes the swap', async () => {
    await until(() => index.put([{ ...circle, id: 'X2', text: '원의 넓이', version: 1 }]));
    const name = await index.versions.build([circle], provenance);
    const swap = index.versions.swap(name);
    await Promise.all([expect(swap).rejects.toThrow(TransientError), server.kill()]);
    await expect(search()).rejects.toThrow(TransientError);
    await expect(index.ping()).rejects.toThrow(/cannot be reached/);

    await server.start();
    expect(await until(search)).toEqual(['X2']);
    expect((await index.versions.list()).filter(({ isLive }) => isLive)).toHaveLength(1);
    await index.versions.swap(name);
    expect((await index.versions.list()).find(({ isLive }) => isLive)?.name).toBe(name);
    await until(() => index.put([{ ...circle, id: 'X3', version: 1 }]));
    expect(await index.size()).toBe(3);
  }, 120_000);

  test('it need not be there when the index is opened', async () => {
    const early = await openElasticsearchIndex({ url: 'http://127.0.0.1:1', alias: 'knowledge' });
    await expect(early.ping()).rejects.toThrow(TransientError);
    await early.close();
  });
});

/** As whoever waits for a server does; with a deadline. */
async function until<Result>(attempt: () => Promise<Result>): Promise<Result> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof TransientError) || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
