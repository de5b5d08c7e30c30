import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { TransientError } from '@math-labeler/contracts';
import { InputError } from '@math-labeler/curriculum';
import { sharedElasticsearch } from '../../../../tools/test-servers/index.mjs';
import { type KnowledgeDocument } from '../knowledge-index.js';
import { type ElasticsearchKnowledgeIndex } from './elasticsearch-knowledge-index.js';
import { provenance, SearchServer } from './search-server.fixture.js';

const url = await sharedElasticsearch();

const base: readonly KnowledgeDocument[] = [
  { id: 'X1', kind: 'example', code: '2수01-06', level: 'B', text: '구슬 23개와 45개를 더하면 모두 몇 개인가요?', group: 't1' },
  { id: 'X2', kind: 'example', code: '6수03-16', level: 'A', text: '반지름이 4 cm인 원의 넓이를 구하세요.', group: 't2' },
  { id: '2수01-06', kind: 'standard', code: '2수01-06', text: '덧셈과 뺄셈의 계산 원리를 이해하고 그 계산을 할 수 있다.' },
  { id: '6수03-16', kind: 'standard', code: '6수03-16', text: '원의 넓이를 구하는 방법을 이해하고, 이를 구할 수 있다.' },
];
const lake: KnowledgeDocument = { id: 'review:9', kind: 'example', code: '6수03-16', level: 'A', text: '둥근 호수의 크기를 어림하세요.', version: 2 };
const standard = { codes: ['2수01-06', '6수03-16'], gold: [{ text: '구슬 12개와 30개를 더하면?', code: '2수01-06' }, { text: '반지름이 9 cm인 원의 넓이는?', code: '6수03-16' }] };

(url === undefined ? describe.skip : describe)('indexes behind an alias', () => {
  const server = new SearchServer(url!);
  let index: ElasticsearchKnowledgeIndex;
  beforeAll(() => server.makeStrayIndexes());
  beforeEach(async () => {
    index = await server.unprepared();
  });
  afterEach(() => server.removeAll());

  const live = async () => (await index.versions.list()).filter(({ isLive }) => isLive).map(({ name }) => name);
  const lakes = async () => (await index.search({ text: '둥근 호수의 크기', limits: { example: 1 } })).map(({ document: { id } }) => id);
  const request = (method: string, path: string, body?: object) => fetch(`${url}${path}`, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

  test('an index is built beside the live one, says what of, and is live only after the swap', async () => {
    await index.versions.prepare(base, provenance);
    const [before] = await live();
    const progress: number[] = [];
    const name = await index.versions.build(base.slice(1), provenance, { onProgress: (done) => progress.push(done), now: '2099-03-02T10:15:00.000Z' });
    expect(await live()).toEqual([before]);
    expect(await index.size()).toBe(4);
    expect(progress.at(-1)).toBe(3);
    const [newest] = await index.versions.list();
    expect(newest).toMatchObject({ name, isLive: false, isBuilding: false, origin: { ...provenance, documents: 3, builtAt: '2099-03-02T10:15:00.000Z' } });
    await index.versions.swap(name);
    expect(await live()).toEqual([name]);
    expect(await index.size()).toBe(3);
  });

  test('the first index is made where there is none, and left alone where there is one', async () => {
    await index.versions.prepare(base, provenance);
    const first = await live();
    await index.versions.prepare(base.slice(1), provenance);
    expect(await live()).toEqual(first);
    expect(await index.size()).toBe(4);
  });

  test('two that make the first index at the same time leave one alive', async () => {
    const alias = `test-${randomUUID()}`;
    index = await server.unprepared(alias);
    const other = await server.unprepared(alias);
    await Promise.all([index.versions.prepare(base, provenance, { now: '2026-03-02T10:15:00.000Z' }), other.versions.prepare(base, provenance, { now: '2026-03-02T10:15:00.001Z' })]);
    expect(await live()).toHaveLength(1);
    await index.put([lake]);
    expect(await lakes()).toEqual(['review:9']);
  });

  test('of the old indexes the last one stays, and a rollback goes back to it and forth again', async () => {
    const names: string[] = [];
    for (const day of [1, 2, 3]) {
      names.push(await index.versions.build(base, provenance, { now: `2026-03-0${day}T00:00:00.000Z` }));
      await index.versions.swap(names.at(-1)!);
    }
    expect((await index.versions.list()).map(({ name }) => name)).toEqual([names[2], names[1]]);
    expect(await index.versions.rollback()).toBe(names[1]);
    expect(await live()).toEqual([names[1]]);
    expect(await index.versions.rollback()).toBe(names[2]);
    expect(await live()).toEqual([names[2]]);
  });

  test('there is no going back where nothing was live before', async () => {
    await index.versions.prepare(base, provenance);
    await expect(index.versions.rollback()).rejects.toMatchObject({ code: 'SEARCH.NO_PREVIOUS' });
  });

  test('an index that is not there, or not finished, does not go live', async () => {
    await index.versions.prepare(base, provenance);
    const before = await live();
    await expect(index.versions.swap('never-built')).rejects.toThrow(InputError);
    const name = await index.versions.build(base, provenance, { now: '2026-03-02T00:00:00.000Z' });
    await request('POST', '/_aliases', { actions: [{ add: { index: name, alias: `building.${name}` } }] });
    await expect(index.versions.swap(name)).rejects.toMatchObject({ code: 'SEARCH.NO_INDEX' });
    expect(await live()).toEqual(before);
  });

  test('what was taught before the build, while building and after it is there after the swap and after the rollback; what was withdrawn is not', async () => {
    await index.versions.prepare(base, provenance);
    const taught = (id: string, version: number): KnowledgeDocument => ({ ...lake, id: `review:${id}`, version });
    await index.put([taught('before', 1), taught('withdrawn', 1), taught('changed', 1)]);
    const building = index.versions.build(base, provenance);
    await index.put([taught('while', 1)]);
    const name = await building;
    await index.put([taught('after', 1), { ...taught('changed', 2), level: 'C' }]);
    await index.remove([{ id: 'review:withdrawn', version: 2 }]);
    await index.versions.swap(name);
    const known = async () => (await index.search({ text: lake.text, limits: { example: 9 } })).map(({ document: { id, level } }) => `${id} ${level}`).filter((line) => line.startsWith('review'));
    expect((await known()).sort()).toEqual(['review:after A', 'review:before A', 'review:changed C', 'review:while A']);
    await index.put([taught('withdrawn', 1), taught('new', 1)]);
    await index.versions.rollback();
    expect((await known()).sort()).toEqual(['review:after A', 'review:before A', 'review:changed C', 'review:new A', 'review:while A']);
  });

  test('nothing that was taught during many swaps is lost', async () => {
    await index.versions.prepare(base, provenance);
    await index.versions.swap(await index.versions.build(base, provenance));
    const stop = new AbortController();
    const swapping = (async () => {
      while (!stop.signal.aborted) await index.versions.rollback();
    })();
    const writers = Array.from({ length: 12 }, async (_, writer) => {
      for (let i = 0; i < 20; i++) await putUntilTaken(index, { ...lake, id: `review:${writer}-${i}`, text: `둥근 호수 ${writer} ${i}` });
    });
    await Promise.all(writers);
    stop.abort();
    await swapping;
    const known = await index.search({ text: '둥근 호수', limits: { example: 500 } });
    expect(known.filter(({ document: { id } }) => id.startsWith('review:'))).toHaveLength(240);
  }, 60_000);

  test('60 swaps under searches: none fails, none finds nothing', async () => {
    await index.versions.prepare(base, provenance);
    await index.versions.swap(await index.versions.build(base, provenance));
    const stop = new AbortController();
    let [searches, empty] = [0, 0];
    const failures: unknown[] = [];
    const searchers = Array.from({ length: 4 }, async () => {
      while (!stop.signal.aborted) {
        const hits = await index.search({ text: '원의 넓이', limits: { example: 5, standard: 5 } }).catch((error: unknown) => failures.push(error));
        searches++;
        if (Array.isArray(hits) && hits.length === 0) empty++;
      }
    });
    for (let i = 0; i < 60; i++) await index.versions.rollback();
    stop.abort();
    await Promise.all(searchers);
    expect(failures).toEqual([]);
    expect(empty).toBe(0);
    expect(searches).toBeGreaterThan(200);
  }, 60_000);

  test('a build that fails leaves nothing behind, and the live index as it was', async () => {
    await index.versions.prepare(base, provenance);
    const before = (await index.versions.list()).map(({ name }) => name);
    await expect(index.versions.build([...base, { ...base[0], id: 'odd', colour: 'red' } as KnowledgeDocument], provenance)).rejects.toThrow(/colour/);
    await expect(index.versions.build(base, provenance, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    expect((await index.versions.list()).map(({ name }) => name)).toEqual(before);
  });

  test('an index that is deleted while it is filled does not come back with a write', async () => {
    const documents = Array.from({ length: 1500 }, (_, i): KnowledgeDocument => ({ ...base[0], id: `n${i}` }));
    let gone: Promise<unknown> = Promise.resolve();
    const building = index.versions.build(documents, provenance, {
      onProgress: (done) => {
        if (done === 500) gone = index.versions.list().then(([{ name }]) => request('DELETE', `/${name}`));
      },
    });
    await expect(building).rejects.toThrow(TransientError);
    await gone;
    expect(await index.versions.list()).toEqual([]);
  });

  test('a sound index passes the check; one that lacks documents, standards or sense does not', async () => {
    await index.versions.prepare(base, provenance);
    const sound = await index.versions.build(base, provenance, { now: '2026-03-02T00:00:00.000Z' });
    expect(await index.versions.check(sound, standard)).toEqual({ name: sound, documents: 4, learned: 0, recall: { at1: 1, at5: 1, at20: 1 }, liveRecall: { at1: 1, at5: 1, at20: 1 }, faults: [] });

    await request('DELETE', `/${sound}/_doc/X2?refresh=true`);
    expect((await index.versions.check(sound, standard)).faults.map(({ code }) => code)).toEqual(['DOCUMENTS_MISSING']);

    const half = await index.versions.build(base.slice(0, 1), provenance, { now: '2026-03-02T00:00:01.000Z' });
    const { faults } = await index.versions.check(half, standard);
    expect(faults.map(({ code }) => code)).toEqual(['STANDARDS_MISSING', 'TOO_LITTLE_FOUND', 'TOO_LITTLE_FOUND', 'TOO_LITTLE_FOUND']);
    expect(faults[0].message.en).toContain('6수03-16');
  });

  test('an index that finds less than the live one does not pass, although it is above the floor', async () => {
    await index.versions.prepare(base, provenance);
    const half = await index.versions.build(base.slice(0, 1), provenance, { now: '2026-03-02T00:00:00.000Z' });
    const { faults } = await index.versions.check(half, { ...standard, codes: [], floor: { at1: 0.1, at5: 0.1, at20: 0.1 } });
    expect(faults.map(({ code }) => code)).toEqual(['LESS_FOUND', 'LESS_FOUND', 'LESS_FOUND']);
  });
});

/** As the delivery does: again, while the writes of an index are stopped. */
async function putUntilTaken(index: ElasticsearchKnowledgeIndex, document: KnowledgeDocument): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    try {
      await index.put([document]);
      return;
    } catch (error) {
      if (!(error instanceof TransientError)) throw error;
      await pause(10);
    }
  }
  throw new Error('turned away 200 times');
}
