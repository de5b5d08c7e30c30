import { indexName, type IndexVersion, isIndexOf, previousOf } from './index-catalogue.js';

const version = (name: string, liveAt?: string, isLive = false): IndexVersion => ({
  name, isLive, isBuilding: false, origin: { content: '', documents: 0, dataset: '', taxonomy: '', product: '', builtAt: '', liveAt },
});

test('an index is named after its alias, its time and its content, so that names sort by time', () => {
  const name = indexName('knowledge', { builtAt: '2026-03-02T10:15:00.123Z', content: 'abcdef0123456789' });
  expect(name).toBe('knowledge-20260302t101500123z-abcdef01');
  expect(isIndexOf('knowledge', name)).toBe(true);
});

test('the indexes of an alias whose name begins with another alias are not that one’s', () => {
  expect(isIndexOf('knowledge', 'knowledge-test-20260302t101500123z-abcdef01')).toBe(false);
  expect(isIndexOf('knowledge', 'knowledge')).toBe(false);
  expect(isIndexOf('knowledge', 'knowledge-old')).toBe(false);
});

test('the previous one is that which was live last, not the newest, nor one that never was', () => {
  const never = version('4');
  const versions = [never, version('3', '2026-03-03', true), version('2', '2026-03-01'), version('1', '2026-03-02')];
  expect(previousOf(versions)?.name).toBe('1');
  expect(previousOf([never, version('3', '2026-03-03', true)])).toBeUndefined();
});
