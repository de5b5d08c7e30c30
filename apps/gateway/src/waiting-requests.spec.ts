import { WaitingRequests } from './waiting-requests.js';

const LONG = 60_000;
const finished = { isFinished: true, revision: 1 };
const ends = ({ isFinished }: { isFinished: boolean }) => isFinished;

describe('waiting requests', () => {
  test('wait until the last of their problems is finished', async () => {
    const waiting = new WaitingRequests();
    const watch = waiting.watch(['1', '2'], ends);
    let settled = false;
    const done = watch.settled(LONG).then(() => (settled = true));
    waiting.tell('1', finished);
    waiting.tell('1', finished);
    waiting.tell('2', { isFinished: false, revision: 0 });
    await new Promise((resolve) => setImmediate(resolve));
    expect(settled).toBe(false);
    waiting.tell('2', finished);
    await done;
  });

  test('do not miss what is told before they begin to wait', async () => {
    const waiting = new WaitingRequests();
    const watch = waiting.watch(['1', '2'], ends);
    waiting.tell('1', finished);
    watch.done('2');
    await watch.settled(LONG);
  });

  test('go on when their time is over', async () => {
    await new WaitingRequests().watch(['1'], ends).settled(1);
  });

  test('are all answered when the server stops, and none begins to wait after that', async () => {
    const waiting = new WaitingRequests();
    const settled = waiting.watch(['1'], ends).settled(LONG);
    waiting.stop();
    await settled;
    await waiting.watch(['1'], ends).settled(LONG);
  });

  test('leave nothing behind', () => {
    const waiting = new WaitingRequests();
    const watches = [waiting.watch(['1', '2', '2'], ends), waiting.watch(['2'], ends)];
    expect(waiting.size).toBe(3);
    for (const watch of watches) watch.end();
    watches[0].end();
    expect(waiting.size).toBe(0);
  });

  test('are not taken without bound', async () => {
    const waiting = new WaitingRequests();
    const many = Array.from({ length: 15_000 }, (_, i) => String(i));
    waiting.watch(many, ends);
    await waiting.watch(many, ends).settled(LONG);
    expect(waiting.size).toBe(15_000);
  });
});
