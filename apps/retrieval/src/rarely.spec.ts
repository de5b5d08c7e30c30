import { rarely } from './rarely.js';

test('the first of many is told, and another one once the time is over', () => {
  let now = 1000;
  const told: number[] = [];
  const tell = rarely((thing: number) => told.push(thing), 60_000, () => now);
  for (now of [1000, 1001, 60_999, 61_000, 61_001]) tell(now);
  expect(told).toEqual([1000, 61_000]);
});
