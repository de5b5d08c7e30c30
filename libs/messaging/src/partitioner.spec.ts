import { murmur2, partitionOf } from './partitioner.js';

describe('the partition of a key', () => {
  // UtilsTest.testMurmur2 of Apache Kafka.
  test.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('is Kafka’s murmur2 of its bytes: %s gives %d', (key, hash) => {
    expect(murmur2(Buffer.from(key))).toBe(hash);
  });

  test('is the positive hash modulo the partitions', () => {
    expect(partitionOf('abc', 8)).toBe(479470107 % 8);
    expect(partitionOf('21', 7)).toBe((-973932308 & 0x7fffffff) % 7);
  });
});
