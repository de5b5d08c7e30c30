import { setTimeout as pause } from 'node:timers/promises';
import { inOrder } from './in-order.js';

const batching = { size: 3, weight: 100, weightOf: (item: number) => item, withinMs: 30, inFlight: 2 };

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const given: T[] = [];
  for await (const item of items) given.push(item);
  return given;
}

async function* numbers(count: number): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) yield i;
}

test('batches that end in another order than they began give their results in the order of the items', async () => {
  const work = async (batch: readonly number[]) => {
    await pause(batch[0] === 0 ? 20 : 1);
    return batch.map((item) => item * 10);
  };
  expect(await all(inOrder(numbers(8), batching, work))).toEqual([0, 10, 20, 30, 40, 50, 60, 70]);
});

test('given more batches than may be in flight, then the input is read no faster than they end', async () => {
  let [inFlight, most] = [0, 0];
  const work = async (batch: readonly number[]) => {
    most = Math.max(most, ++inFlight);
    await pause(1);
    inFlight--;
    return batch;
  };
  await all(inOrder(numbers(30), batching, work));
  expect(most).toBe(2);
});

test('a batch ends before it is too heavy, and an item that is too heavy alone goes alone', async () => {
  const sent: (readonly number[])[] = [];
  const work = async (batch: readonly number[]) => {
    sent.push(batch);
    return batch;
  };
  const weights = async function* () {
    yield* [60, 30, 20, 200, 1, 2, 3, 4];
  };
  await all(inOrder(weights(), batching, work));
  expect(sent).toEqual([[60, 30], [20], [200], [1, 2, 3], [4]]);
});

test('given an input that trickles, then what came so far is worked on and given without waiting for a full batch', async () => {
  let goOn: () => void = () => {};
  const trickle = async function* () {
    yield 1;
    await new Promise<void>((resolve) => (goOn = resolve));
    yield 2;
  };
  const results = inOrder(trickle(), batching, async (batch) => batch);
  expect(await results.next()).toEqual({ done: false, value: 1 });
  const second = results.next();
  goOn();
  expect(await second).toEqual({ done: false, value: 2 });
  expect(await results.next()).toMatchObject({ done: true });
});

test('the first failure ends it, with what came before already given', async () => {
  const results = inOrder(numbers(9), batching, async (batch) => {
    if (batch.includes(4)) throw new Error('broken');
    return batch;
  });
  const given: number[] = [];
  await expect((async () => { for await (const result of results) given.push(result); })()).rejects.toThrow('broken');
  expect(given).toEqual([0, 1, 2]);
});

test('a failure of the input is the failure of the whole', async () => {
  const broken = async function* () {
    yield 1;
    throw new Error('unreadable');
  };
  await expect(all(inOrder(broken(), batching, async (batch) => batch))).rejects.toThrow('unreadable');
});
