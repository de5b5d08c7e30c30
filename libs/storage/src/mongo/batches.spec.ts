import { Batches } from './batches.js';

const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

function open(lanes: number) {
  const sent: string[][] = [];
  const finish: (() => void)[] = [];
  const batches = new Batches<string, string>(
    (item) => item[0],
    async (items) => {
      sent.push([...items]);
      await new Promise<void>((resolve) => finish.push(resolve));
      if (items.includes('down')) throw new Error('down');
      return items.map((item) => (item.endsWith('!') ? { error: new Error(item) } : { result: item.toUpperCase() }));
    },
    lanes,
  );
  return { batches, sent, finish };
}

test('what is asked for in one turn travels together, and each gets its own outcome', async () => {
  const { batches, sent, finish } = open(1);
  const told = Promise.allSettled(['a', 'b!', 'c'].map((item) => batches.run(item)));
  await turn();
  finish[0]();
  expect((await told).map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).message))).toEqual(['A', 'b!', 'C']);
  expect(sent).toEqual([['a', 'b!', 'c']]);
});

test('what comes while all lanes are busy gathers for the next batch', async () => {
  const { batches, sent, finish } = open(1);
  const first = batches.run('a');
  await turn();
  const rest = [batches.run('b')];
  await turn();
  rest.push(batches.run('c'));
  finish[0]();
  await first;
  await turn();
  finish[1]();
  await Promise.all(rest);
  expect(sent).toEqual([['a'], ['b', 'c']]);
});

test('items of one key are never under way twice, though another lane is free', async () => {
  const { batches, sent, finish } = open(2);
  const first = batches.run('a1');
  await turn();
  const rest = [batches.run('a2'), batches.run('b')];
  await turn();
  expect(sent).toEqual([['a1'], ['b']]);
  finish[0]();
  await first;
  await turn();
  expect(sent[2]).toEqual(['a2']);
  for (const one of finish) one();
  await Promise.all(rest);
});

test('a batch that fails as a whole fails for each, and the next one goes on', async () => {
  const { batches, finish } = open(1);
  const told = Promise.allSettled([batches.run('down'), batches.run('b')]);
  await turn();
  finish[0]();
  expect((await told).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const next = batches.run('c');
  await turn();
  finish[1]();
  expect(await next).toBe('C');
});
