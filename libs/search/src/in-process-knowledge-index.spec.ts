import fc from 'fast-check';
import { InProcessKnowledgeIndex } from './in-process-knowledge-index.js';
import { describeKnowledgeIndex } from './knowledge-index.behaviour.js';
import { type KnowledgeDocument } from './knowledge-index.js';
import { describeNearest } from './knowledge-nearest.behaviour.js';

describe('the in-process index', () => {
  describeKnowledgeIndex(async () => new InProcessKnowledgeIndex());
  describeNearest(async () => new InProcessKnowledgeIndex());

  test('scores as Lucene does: ln(1 + (N − df + ½) / (df + ½)) · tf / (tf + k1 (1 − b + b · length / average length)), k1 1.2, b 0.75', async () => {
    const index = new InProcessKnowledgeIndex();
    const document = (id: string, text: string): KnowledgeDocument => ({ id, kind: 'example', code: '2수01-01', text });
    await index.put([document('1', '가나 가나다'), document('2', '나다'), document('3', '라마')]);
    // '가나가나다' has the pairs 가나 ×2, 나가, 나다: length 4; the lengths are 4, 1, 1, so their average is 2.
    const hits = await index.search({ text: '가나다', limits: { example: 9 } });
    const idf = { 가나: Math.log(1 + 2.5 / 1.5), 나다: Math.log(1 + 1.5 / 2.5) };
    const first = (idf.가나 * 2) / (2 + 1.2 * (0.25 + 0.75 * 2)) + idf.나다 / (1 + 1.2 * (0.25 + 0.75 * 2));
    const second = idf.나다 / (1 + 1.2 * (0.25 + 0.75 * 0.5));
    expect(hits.map(({ document: { id } }) => id)).toEqual(['1', '2']);
    expect(hits[0].score).toBeCloseTo(first, 12);
    expect(hits[1].score).toBeCloseTo(second, 12);
  });

  test('is after any puts and removals the same as an index built of what is left', async () => {
    const document = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      kind: fc.constantFrom('example' as const, 'standard' as const),
      code: fc.constantFrom('2수01-01', '2수01-02'),
      text: fc.string({ unit: fc.constantFrom('가', '나', '다', ' ', '1'), maxLength: 12 }),
    });
    const step = fc.oneof({ weight: 3, arbitrary: document }, fc.constantFrom('a', 'b', 'c'));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.string({ unit: fc.constantFrom('가', '나', '다', '1'), maxLength: 8 }), async (steps, text) => {
        const index = new InProcessKnowledgeIndex();
        const left = new Map<string, KnowledgeDocument>();
        for (const each of steps) {
          if (typeof each === 'string') {
            left.delete(each);
            await index.remove([{ id: each, version: 0 }]);
          } else {
            left.set(each.id, each);
            await index.put([each]);
          }
        }
        const fresh = new InProcessKnowledgeIndex();
        await fresh.put([...left.values()]);
        const query = { text, limits: { example: 3, standard: 2 } };
        expect(await index.search(query)).toEqual(await fresh.search(query));
        expect(await index.size()).toBe(left.size);
      }),
      { numRuns: 200 },
    );
  });

  test('grows past its first thousand documents', async () => {
    const index = new InProcessKnowledgeIndex();
    await index.put(Array.from({ length: 3000 }, (_, i): KnowledgeDocument => ({ id: `n${i}`, kind: 'example', code: '2수01-01', text: `문제 ${i} 번` })));
    expect(await index.size()).toBe(3000);
    const [best] = await index.search({ text: '문제 2987 번', limits: { example: 1 } });
    expect(best.document.id).toBe('n2987');
  });
});
