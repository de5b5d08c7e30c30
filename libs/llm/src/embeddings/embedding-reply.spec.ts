import { readEmbeddings } from './embedding-reply.js';

const base64 = (...values: number[]): string => {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => bytes.writeFloatLE(value, 4 * i));
  return bytes.toString('base64');
};
const item = (embedding: unknown, index?: number) => ({ object: 'embedding', embedding, ...(index === undefined ? {} : { index }) });

describe('an answer with vectors', () => {
  test.each([
    ['base64', base64(3, 4)],
    ['numbers', [3, 4]],
  ])('in %s is read, and brought to unit length', (_form, embedding) => {
    expect(readEmbeddings({ data: [item(embedding, 0)] }, 1)?.vectors).toEqual([Float32Array.of(0.6, 0.8)]);
  });

  test('vectors are in the order of their indexes, or as they come where there is none', () => {
    expect(readEmbeddings({ data: [item([0, 1], 1), item([1, 0], 0)] }, 2)?.vectors).toEqual([Float32Array.of(1, 0), Float32Array.of(0, 1)]);
    expect(readEmbeddings({ data: [item([0, 1]), item([1, 0])] }, 2)?.vectors).toEqual([Float32Array.of(0, 1), Float32Array.of(1, 0)]);
  });

  test('what was counted is told, and nothing where nothing was', () => {
    expect(readEmbeddings({ data: [item([1, 0])], usage: { prompt_tokens: 7, total_tokens: 7 } }, 1)?.usage).toEqual({ input: 7, cachedInput: 0, output: 0, reasoning: 0 });
    for (const usage of [undefined, null, { total_tokens: 'x' }]) expect(readEmbeddings({ data: [item([1, 0])], usage }, 1)).not.toHaveProperty('usage');
  });

  test.each([
    ['no object', 'Bad Gateway'],
    ['no data', { object: 'list' }],
    ['fewer than were asked for', { data: [item([1, 0])] }],
    ['more than were asked for', { data: [item([1, 0]), item([1, 0]), item([1, 0])] }],
    ['one place twice', { data: [item([1, 0], 0), item([1, 0], 0)] }],
    ['a place that was not asked for', { data: [item([1, 0], 0), item([1, 0], 2)] }],
    ['two sizes', { data: [item([1, 0]), item([1, 0, 0])] }],
    ['no numbers', { data: [item([]), item([])] }],
    ['a vector of nothing', { data: [item([1, 0]), item([0, 0])] }],
    ['what is not a number', { data: [item([1, 0]), item(base64(NaN, 1))] }],
  ])('%s is no answer', (_case, body) => {
    expect(readEmbeddings(body, 2)).toBeUndefined();
  });
});
