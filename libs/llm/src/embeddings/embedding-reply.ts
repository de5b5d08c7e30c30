import { z } from 'zod';
import { type Usage } from '../language-model.js';

/** Base64 of 32-bit numbers, least significant byte first, is asked for; some servers know numbers alone. */
const reply = z.object({
  data: z.array(z.object({ index: z.int().nonnegative().optional(), embedding: z.union([z.string(), z.array(z.number())]) })),
  usage: z.object({ prompt_tokens: z.int().nonnegative() }).optional().catch(undefined),
});

export interface Embedded {
  /** Of unit length, in the order of the texts. */
  readonly vectors: readonly Float32Array[];
  /** Undefined where the server counts nothing. */
  readonly usage?: Usage;
}

/** Reads what a server answers to `count` texts; undefined where that is no vector for each of them, all of one size. */
export function readEmbeddings(body: unknown, count: number): Embedded | undefined {
  const { success, data: read } = reply.safeParse(body);
  if (!success || read.data.length !== count) return undefined;
  const vectors = new Array<Float32Array | undefined>(count).fill(undefined);
  read.data.forEach(({ index, embedding }, i) => (vectors[index ?? i] = unit(numbersOf(embedding))));
  if (!areWhole(vectors) || vectors.length !== count) return undefined;
  return { vectors, ...(read.usage === undefined ? {} : { usage: { input: read.usage.prompt_tokens, cachedInput: 0, output: 0, reasoning: 0 } }) };
}

function areWhole(vectors: readonly (Float32Array | undefined)[]): vectors is readonly Float32Array[] {
  return vectors.every((vector) => vector !== undefined && vector.length > 0 && vector.length === vectors[0]?.length && vector.every(Number.isFinite));
}

function numbersOf(embedding: string | readonly number[]): Float32Array {
  if (typeof embedding !== 'string') return Float32Array.from(embedding);
  const bytes = Buffer.from(embedding, 'base64');
  return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => bytes.readFloatLE(4 * i));
}

/** A vector of nothing has no direction: its numbers become NaN. */
function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}
