import fc from 'fast-check';
import { hashFeature } from './blocks.js';
import { DistinctHashes, finish, foldText } from './hashing.js';

describe('hashing', () => {
  // FNV-1a test vectors of http://www.isthe.com/chongo/tech/comp/fnv/ (the offset basis is the hash of nothing).
  test.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('FNV-1a of %j', (text, hash) => {
    expect(foldText(0x811c9dc5 | 0, text) >>> 0).toBe(hash);
  });

  // fmix32 of MurmurHash3 (smhasher): zero stays zero, one becomes 0x514e28b7.
  test('the finaliser is that of MurmurHash3', () => {
    expect(finish(0)).toBe(0);
    expect(finish(1)).toBe(0x514e28b7);
  });

  // From the first implementation of the recipe.
  test.each([
    ['c', 'c1:수', 756673428],
    ['m', 'N:i2', 4087341356],
    ['x', 'ⓕL|fr!=', 4088920665],
    ['c', 'c2:🍎수', 3721537627],
  ] as const)('%s %s hashes as in every model trained so far', (block, feature, hash) => {
    expect(hashFeature(block, feature)).toBe(hash);
  });
});

describe('DistinctHashes', () => {
  test('gives each value once, in order of first occurrence, block after block', () => {
    const distinct = new DistinctHashes();
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffffffff })), (hashes) => {
        distinct.start();
        [...hashes, ...hashes].forEach((hash) => distinct.add(hash));
        expect([...distinct.take()]).toEqual([...new Set(hashes)]);
      }),
    );
  });

  test('grows with a very long text', () => {
    const distinct = new DistinctHashes();
    distinct.start();
    for (let i = 0; i < 20_000; i++) distinct.add(i % 10_000);
    expect(distinct.take()).toHaveLength(10_000);
  });
});
