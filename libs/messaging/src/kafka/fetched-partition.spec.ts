import { type LogRecord } from '../broker.js';
import { Assignment } from './assignment.js';
import { FetchedPartition } from './fetched-partition.js';

const place = { topic: 't', partition: 0 };
const records = (from: number, count: number, size = 1): LogRecord[] => Array.from({ length: count }, (_, i) => ({ ...place, offset: from + i, timestamp: 0, headers: {}, value: new Uint8Array(size) }));
const begun = (offset: number): FetchedPartition => {
  const fetched = new FetchedPartition(place);
  fetched.begin(offset);
  return fetched;
};

test('nothing is taken before it is known where the group stands', () => {
  expect(new FetchedPartition(place).isNext(0)).toBe(false);
  expect(begun(7).isNext(7)).toBe(true);
});

test('what was fetched for an earlier generation is neither taken nor passed over', () => {
  const fetched = begun(50);
  expect([100, 20].map((offset) => fetched.isNext(offset))).toEqual([false, false]);
  expect(fetched.expected).toBe(50);
  fetched.add(records(50, 10), 60);
  expect(fetched.isNext(100)).toBe(false);
  expect(fetched.isNext(60)).toBe(true);
});

test('a log that begins later than the group stands is read on from there, once the right offset was asked for again and again', () => {
  const fetched = begun(50);
  expect([90, 90, 90, 90].map((offset) => fetched.isNext(offset))).toEqual([false, false, false, true]);
});

test('a position counts only between where the member began and what it was given', () => {
  const fetched = begun(50);
  fetched.add(records(50, 10), 60);
  fetched.take(4, []);
  expect([49, 50, 54, 55, 60].map((offset) => fetched.covers(offset))).toEqual([false, true, true, false, false]);
});

test('it is full at 2,000 records or a mebibyte, and asks for more when half is taken', () => {
  const many = begun(0);
  many.add(records(0, 2000), 2000);
  const large = begun(0);
  large.add(records(0, 4, 300_000), 4);
  expect([many.full, many.isLow, large.full, large.isLow]).toEqual([true, false, true, false]);
  many.take(1000, []);
  large.take(3, []);
  expect([many.isLow, large.isLow]).toEqual([true, true]);
});

test('it is read as far as the first record that waits, or where fetching goes on', () => {
  const fetched = begun(5);
  fetched.add(records(5, 2), 7);
  expect(fetched.reached).toBe(5);
  fetched.take(9, []);
  expect(fetched.reached).toBe(7);
  fetched.skipTo(12);
  expect(fetched.reached).toBe(12);
});

test('partitions take turns, and a paused one gives nothing', () => {
  const assignment = new Assignment([0, 1, 2].map((partition) => ({ topic: 't', partition })));
  assignment.beginAt([0, 0, 0]);
  for (const one of assignment.partitions) one.add(records(0, 100).map((record) => ({ ...record, partition: one.partition })), 100);
  assignment.get({ topic: 't', partition: 1 })!.paused = true;
  const taken = assignment.take(60);
  expect([0, 1, 2].map((partition) => taken.filter((one) => one.partition === partition).length)).toEqual([40, 0, 20]);
});
