/** Kafka's own choice of a key's partition (murmur2 of its UTF-8 bytes), so that the embedded log and Kafka agree. */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(Buffer.from(key)) & 0x7fffffff) % partitions;
}

const SEED = 0x9747b28c;
const M = 0x5bd1e995;

/** MurmurHash2, 32 bits, as org.apache.kafka.common.utils.Utils has it; a signed integer. */
export function murmur2(bytes: Uint8Array): number {
  const { length } = bytes;
  const whole = length & ~3;
  let hash = SEED ^ length;
  for (let i = 0; i < whole; i += 4) {
    let part = bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    part = Math.imul(part, M);
    part = Math.imul(part ^ (part >>> 24), M);
    hash = Math.imul(hash, M) ^ part;
  }
  const rest = length - whole;
  if (rest > 2) hash ^= bytes[whole + 2] << 16;
  if (rest > 1) hash ^= bytes[whole + 1] << 8;
  if (rest > 0) hash = Math.imul(hash ^ bytes[whole], M);
  hash = Math.imul(hash ^ (hash >>> 13), M);
  return hash ^ (hash >>> 15);
}
