import { type KnowledgeDocument, type KnowledgeIndex, type KnowledgeQuery } from './knowledge-index.js';

const marbles: KnowledgeDocument = { id: 'X1', kind: 'example', code: '2수01-06', level: 'B', text: '구슬 23개와 45개를 더하면 모두 몇 개인가요?', group: 't1', version: 1 };
const ribbon: KnowledgeDocument = { id: 'X2', kind: 'example', code: '2수03-13', level: 'B', text: '리본 2 m 30 cm와 1 m 45 cm를 이으면 길이는 몇 m 몇 cm인가요?', group: 't2' };
const circle: KnowledgeDocument = { id: 'X3', kind: 'example', code: '6수03-16', level: 'A', text: '반지름이 4 cm인 원의 넓이를 구하고 방법을 설명하세요.', group: 't2' };
const area: KnowledgeDocument = { id: '6수03-16', kind: 'standard', code: '6수03-16', text: '원주와 원의 넓이를 구하는 방법을 이해하고, 이를 구할 수 있다.' };

const anyKind = { example: 10, standard: 10 };

/** What every adapter of the port does. `create` gives a new, empty index. */
export function describeKnowledgeIndex(create: () => Promise<KnowledgeIndex>): void {
  let index: KnowledgeIndex;
  const found = async (query: KnowledgeQuery) => (await index.search(query)).map(({ document }) => document.id);

  beforeEach(async () => {
    index = await create();
  });

  test('an empty index finds nothing', async () => {
    expect(await index.search({ text: marbles.text, limits: anyKind })).toEqual([]);
    expect(await index.size()).toBe(0);
  });

  test('a problem in the words of a document finds it first, whole and with a positive score', async () => {
    await index.put([marbles, ribbon, circle, area]);
    const [best] = await index.search({ text: '반지름이 7 cm인 원의 넓이를 구하고 설명하세요.', limits: anyKind });
    expect(best.document).toEqual(circle);
    expect(best.score).toBeGreaterThan(0);
  });

  test('hits come best first', async () => {
    await index.put([marbles, ribbon, circle, area]);
    const scores = (await index.search({ text: '원의 넓이를 구하고 길이는 몇 cm인가요?', limits: anyKind })).map(({ score }) => score);
    expect(scores.length).toBeGreaterThan(2);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  test('equal scores come in the order of their ids, and a limit cuts there', async () => {
    await index.put(['b', 'd', 'a', 'c'].map((id) => ({ ...marbles, id })));
    expect(await found({ text: marbles.text, limits: { example: 10 } })).toEqual(['a', 'b', 'c', 'd']);
    expect(await found({ text: marbles.text, limits: { example: 2 } })).toEqual(['a', 'b']);
  });

  test('each kind has its own limit, and a kind without one is not searched', async () => {
    await index.put([marbles, circle, area]);
    const text = '원의 넓이를 구하고 방법을 설명하세요.';
    expect(await found({ text, limits: { standard: 5 } })).toEqual(['6수03-16']);
    expect(await found({ text, limits: { example: 1 } })).toEqual(['X3']);
    expect(await found({ text, limits: { example: 1, standard: 1 } })).toEqual(['X3', '6수03-16']);
  });

  test('a group that is left out has no hit; documents without a group stay', async () => {
    await index.put([marbles, circle, area]);
    expect(await found({ text: circle.text, limits: anyKind, excludeGroup: 't2' })).not.toContain('X3');
    expect(await found({ text: circle.text, limits: anyKind, excludeGroup: 't2' })).toContain('6수03-16');
  });

  test('a text with nothing in common, or with nothing in it, finds nothing', async () => {
    await index.put([marbles]);
    expect(await found({ text: 'xyz', limits: anyKind })).toEqual([]);
    expect(await found({ text: ' ', limits: anyKind })).toEqual([]);
  });

  test('a document put again replaces the one of its id', async () => {
    await index.put([marbles, ribbon]);
    await index.put([{ ...marbles, text: circle.text, code: circle.code, version: 2 }]);
    expect(await index.size()).toBe(2);
    const [best] = await index.search({ text: circle.text, limits: anyKind });
    expect(best.document).toEqual({ ...marbles, text: circle.text, code: circle.code, version: 2 });
    expect((await index.search({ text: '구슬', limits: anyKind })).map(({ document }) => document.id)).toEqual([]);
  });

  test('the same put twice, or twice in one, has no second effect', async () => {
    await index.put([marbles, ribbon]);
    const once = await index.search({ text: marbles.text, limits: anyKind });
    await index.put([marbles, ribbon, marbles]);
    expect(await index.size()).toBe(2);
    expect(await index.search({ text: marbles.text, limits: anyKind })).toEqual(once);
  });

  test('a put that comes late, with a lower version, is ignored', async () => {
    await index.put([{ ...marbles, version: 3, level: 'A' }]);
    await index.put([{ ...marbles, version: 2, level: 'C' }]);
    const [hit] = await index.search({ text: marbles.text, limits: anyKind });
    expect(hit.document).toEqual({ ...marbles, version: 3, level: 'A' });
  });

  test('a removed document is found no more, and removing it again is no error', async () => {
    await index.put([marbles, ribbon]);
    await index.remove([{ id: 'X1', version: 1 }, { id: 'never there', version: 1 }]);
    await index.remove([{ id: 'X1', version: 1 }]);
    expect(await index.size()).toBe(1);
    expect(await found({ text: marbles.text, limits: anyKind })).not.toContain('X1');
  });

  test('a put that comes late does not bring back what was removed since; a later one does', async () => {
    await index.put([{ ...marbles, version: 2 }]);
    await index.remove([{ id: 'X1', version: 3 }]);
    await index.put([{ ...marbles, version: 2 }]);
    expect(await index.size()).toBe(0);
    await index.put([{ ...marbles, version: 4 }]);
    expect(await found({ text: marbles.text, limits: anyKind })).toEqual(['X1']);
    expect(await index.size()).toBe(1);
  });

  test('a removal that comes before what it removes keeps it out', async () => {
    await index.remove([{ id: 'X1', version: 2 }]);
    await index.put([marbles]);
    expect(await index.size()).toBe(0);
  });

  test('a removal that comes late, with a lower version, is ignored', async () => {
    await index.put([{ ...marbles, version: 3 }]);
    await index.remove([{ id: 'X1', version: 2 }]);
    expect(await found({ text: marbles.text, limits: anyKind })).toEqual(['X1']);
  });

  test('of one document given several times in one put, the latest version is kept', async () => {
    await index.put([{ ...marbles, version: 2, level: 'A' }, { ...marbles, version: 3, level: 'C' }, { ...marbles, version: 1 }]);
    const [hit] = await index.search({ text: marbles.text, limits: anyKind });
    expect(hit.document).toEqual({ ...marbles, version: 3, level: 'C' });
  });
}
