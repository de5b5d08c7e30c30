import { PermanentError, TransientError } from '@math-labeler/contracts';
import { finish, give, JobDone, jobsIn, startDelivery, TOPIC, until } from './delivery.fixture.js';
import { DeadLetterBox } from './dead-letter-box.js';
import { MemoryBroker } from './memory-broker.fixture.js';

const DONE = JobDone.topic.name;
const DEAD = `${TOPIC}.dlq`;

/** Jobs that all have died, in three partitions. */
async function withDead(count: number): Promise<MemoryBroker> {
  const broker = new MemoryBroker(3);
  await give(broker, ...Array.from({ length: count }, (_, number) => `k${number}`));
  const { delivery, heard } = await startDelivery(broker, () => Promise.reject(new PermanentError('JOB.BROKEN', 'broken')));
  await until(() => heard.died.length === count);
  await delivery.drain(500);
  return broker;
}

describe('the box of dead letters', () => {
  it('lists what nobody has put back, up to a limit, and of one topic only', async () => {
    const box = new DeadLetterBox(await withDead(5));
    expect(await box.list({ limit: 3 })).toHaveLength(3);
    expect(await box.list({ topic: TOPIC, limit: 10 })).toEqual(expect.arrayContaining([expect.objectContaining({ topic: TOPIC, code: 'JOB.BROKEN', service: 'worker', eventId: 'k0-0' })]));
    expect(await box.list({ topic: 'other.v1', limit: 10 })).toEqual([]);
  });

  it('puts everything back on its own topic, where it is then handled; a second time changes nothing', async () => {
    const broker = await withDead(250);
    const box = new DeadLetterBox(broker);
    expect(await box.redrive()).toBe(250);
    expect(await box.redrive()).toBe(0);
    expect(await box.list({ limit: 10 })).toEqual([]);
    expect(broker.all(TOPIC)).toHaveLength(500);
    const { delivery } = await startDelivery(broker, finish);
    await until(() => broker.all(DONE).length === 250);
    await delivery.drain(500);
    expect(new Set(jobsIn(broker, DONE).map(({ key }) => key)).size).toBe(250);
  });

  it('of one topic leaves the others alone', async () => {
    const broker = await withDead(2);
    expect(await new DeadLetterBox(broker).redrive({ topic: 'other.v1' })).toBe(0);
    expect(await new DeadLetterBox(broker).redrive({ topic: TOPIC })).toBe(2);
  });

  it('what dies again while it is being put back waits for the next time', async () => {
    const broker = await withDead(500);
    const { delivery } = await startDelivery(broker, () => Promise.reject(new PermanentError('JOB.BROKEN', 'broken')));
    broker.faults.beforeCommit = () => until(() => broker.all(DEAD).length > 500);
    const box = new DeadLetterBox(broker);
    expect(await box.redrive()).toBe(500);
    await until(() => broker.all(DEAD).length === 1000);
    expect(await box.list({ limit: 2000 })).toHaveLength(500);
    await delivery.drain(500);
  });

  it('a crash between putting back and remembering only repeats the same ids', async () => {
    const broker = await withDead(10);
    broker.faults.commit = () => new TransientError('crash');
    await expect(new DeadLetterBox(broker).redrive()).rejects.toThrow('crash');
    broker.faults.commit = undefined;
    expect(await new DeadLetterBox(broker).redrive()).toBe(10);
    expect(broker.all(TOPIC)).toHaveLength(30);
    expect(new Set(broker.all(TOPIC).map(({ headers }) => headers['ce_id'])).size).toBe(10);
  });
});
