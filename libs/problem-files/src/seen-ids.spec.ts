import { SeenIds } from './seen-ids.js';

test('an id is known from its first sighting on, however many follow', () => {
  const seen = new SeenIds();
  const count = 200_000;
  const known = Array.from({ length: count }, (_, index) => seen.add(`문제-${index}`, { document: index % 7, at: index })).filter((first) => first !== undefined);
  expect(known).toEqual([]);
  expect(seen.size).toBe(count);
  for (let index = 0; index < count; index += 9973) expect(seen.add(`문제-${index}`, { document: 9, at: 0 })).toEqual({ document: index % 7, at: index });
  expect(seen.has('문제-199999')).toBe(true);
  expect(seen.has('문제-200000')).toBe(false);
  expect(seen.size).toBe(count);
});
