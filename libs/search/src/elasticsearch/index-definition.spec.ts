import { indexDefinition } from './index-definition.js';

const analysis = (): string => JSON.stringify(indexDefinition({}).settings);

test('numbers and punctuation are words, and no filter reads numbers: (15,7) would be 157', () => {
  expect(indexDefinition({}).settings?.analysis?.tokenizer).toMatchObject({ nori_words: { type: 'nori_tokenizer', discard_punctuation: false } });
  expect(analysis()).not.toContain('nori_number');
});

test('neither numbers, symbols, brackets, determiners, prefixes, adverbs nor the verb 않다 are left out', () => {
  const { stoptags } = indexDefinition({}).settings!.analysis!.filter!['no_particles'] as { stoptags: string[] };
  for (const kept of ['SN', 'SY', 'SC', 'SL', 'SSO', 'SSC', 'MM', 'XPN', 'MAG', 'VX', 'VCN']) expect(stoptags).not.toContain(kept);
  // As Lucene 9 named all endings and all particles; Lucene 10 refuses them.
  expect(stoptags).not.toContain('E');
  expect(stoptags).not.toContain('J');
});

test('a field that nobody has thought of is refused', () => {
  expect(indexDefinition({}).mappings?.dynamic).toBe('strict');
});

test('there is room for vectors only where their size is given', () => {
  expect(indexDefinition({}).mappings?.properties).not.toHaveProperty('vector');
  expect(indexDefinition({ vectorDims: 384 }).mappings?.properties).toMatchObject({ vector: { type: 'dense_vector', dims: 384 } });
});

test('the index says what it was built of', () => {
  const origin = { content: 'c', documents: 2, dataset: 'd', taxonomy: 't', product: '1', builtAt: '2026-03-02T00:00:00.000Z' };
  expect(indexDefinition({ origin }).mappings?._meta).toEqual(origin);
});

test('one shard, with a copy as soon as there is a node for it, or as many copies as told', () => {
  expect(indexDefinition({}).settings).toMatchObject({ number_of_shards: 1, auto_expand_replicas: '0-1' });
  expect(indexDefinition({ replicas: 2 }).settings).toMatchObject({ number_of_replicas: 2 });
});
