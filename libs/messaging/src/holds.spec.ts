import { TransientError } from '@math-labeler/contracts';
import { type LogRecord } from './broker.js';
import { Holds } from './holds.js';
import { MemoryBroker } from './memory-broker.fixture.js';

const PARTITION = { topic: 'a.v1', partition: 0 };
const record = (offset: number): LogRecord => ({ ...PARTITION, offset, timestamp: 0, headers: {}, value: Buffer.from('') });

async function holdsOf(broker: MemoryBroker, maxAhead = 100): Promise<{ holds: Holds; member: Awaited<ReturnType<MemoryBroker['subscribe']>> }> {
  const member = await broker.subscribe('g', [PARTITION.topic]);
  return { holds: new Holds(member, maxAhead), member };
}

describe('the partitions that a member has', () => {
  it('have only what has risen committed, and once', async () => {
    const broker = new MemoryBroker();
    const { holds } = await holdsOf(broker);
    const [first, second] = [0, 1].map((offset) => holds.begin(record(offset)));
    holds.finish(second, 1);
    await holds.commit();
    holds.finish(first, 0);
    await holds.commit();
    await holds.commit();
    expect(broker.commits).toEqual([{ group: 'g', ...PARTITION, offset: 2 }]);
  });

  it('a position that could not be committed is committed the next time', async () => {
    const broker = new MemoryBroker();
    const { holds } = await holdsOf(broker);
    holds.finish(holds.begin(record(4)), 4);
    broker.faults.commit = () => new TransientError('moving');
    await expect(holds.commit()).rejects.toThrow('moving');
    broker.faults.commit = undefined;
    await holds.commit();
    expect(broker.commits.map(({ offset }) => offset)).toEqual([5]);
  });

  it('one that is taken away has nothing more committed: not what is finished later, nor what was on its way and refused', async () => {
    const broker = new MemoryBroker();
    const { holds, member } = await holdsOf(broker);
    const [first, second] = [0, 1].map((offset) => holds.begin(record(offset)));
    holds.finish(first, 0);
    broker.faults.commit = () => {
      member.revoke([PARTITION]);
      return new TransientError('not yours');
    };
    await expect(holds.commit()).rejects.toThrow('not yours');
    broker.faults.commit = undefined;
    holds.finish(second, 1);
    await holds.commit();
    expect(broker.commits).toEqual([]);
  });

  it('one that comes back is begun anew', async () => {
    const broker = new MemoryBroker();
    const { holds, member } = await holdsOf(broker);
    const before = holds.begin(record(0));
    member.revoke([PARTITION]);
    const after = holds.begin(record(0));
    expect([before.lost, after.lost]).toEqual([true, false]);
    holds.finish(after, 0);
    await holds.commit();
    expect(broker.commits.map(({ offset }) => offset)).toEqual([1]);
  });

  it('one that runs too far ahead is paused once, and resumed when half of that is finished', async () => {
    const broker = new MemoryBroker();
    const { holds, member } = await holdsOf(broker, 4);
    const begun = [0, 1, 2, 3, 4].map((offset) => holds.begin(record(offset)));
    expect(member.paused.size).toBe(1);
    [0, 1].forEach((offset) => holds.finish(begun[offset], offset));
    expect(member.paused.size).toBe(1);
    holds.finish(begun[2], 2);
    expect(member.paused.size).toBe(0);
  });
});
