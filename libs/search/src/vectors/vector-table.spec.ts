import { PermanentError } from '@math-labeler/contracts';
import { VectorTable } from './vector-table.js';

function products(table: VectorTable, vector: Float32Array): Record<number, number> {
  const told: Record<number, number> = {};
  table.compare(vector, (slot, product) => (told[slot] = product));
  return told;
}

describe('a table of vectors', () => {
  test('tells the inner product with each, whatever their size', () => {
    for (const size of [1, 3, 4, 6, 384]) {
      const table = new VectorTable(size);
      table.set(7, new Float32Array(size).fill(2));
      expect(products(table, Float32Array.from({ length: size }, (_, i) => i + 1))).toEqual({ 7: size * (size + 1) });
    }
  });

  test('a vector set again replaces the one of its slot, and a deleted one is told no more', () => {
    const table = new VectorTable(2);
    for (const slot of [0, 1, 2]) table.set(slot, Float32Array.of(slot, 1));
    table.set(1, Float32Array.of(9, 1));
    table.delete(0);
    table.delete(5);
    expect(products(table, Float32Array.of(1, 0))).toEqual({ 1: 9, 2: 2 });
    table.delete(1);
    table.delete(2);
    expect(products(table, Float32Array.of(1, 0))).toEqual({});
  });

  test('many vectors keep what they were', () => {
    const table = new VectorTable(2);
    for (let slot = 0; slot < 1000; slot++) table.set(slot, Float32Array.of(slot, 1));
    expect(products(table, Float32Array.of(1, 0))).toEqual(Object.fromEntries(Array.from({ length: 1000 }, (_, slot) => [slot, slot])));
  });

  test('a vector of another size is refused for good', () => {
    const table = new VectorTable(2);
    for (const attempt of [() => table.set(0, Float32Array.of(1)), () => table.compare(Float32Array.of(1, 2, 3), () => {})]) {
      expect(attempt).toThrow(PermanentError);
      expect(attempt).toThrow(expect.objectContaining({ code: 'SEARCH.WRONG_DIMENSION' }));
    }
  });
});
