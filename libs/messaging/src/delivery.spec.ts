import { setTimeout as pause } from 'node:timers/promises';
import { derivedId, PermanentError, TransientError } from '@math-labeler/contracts';
import fc from 'fast-check';
import { type LogRecord } from './broker.js';
import { Delivery, DELIVERY_DEFAULTS } from './delivery.js';
import { committed, finish, gate, give, JobDone, jobsIn, type Running, startDelivery, TOPIC, until } from './delivery.fixture.js';
import { MemoryBroker } from './memory-broker.fixture.js';

const DONE = JobDone.topic.name;
const DEAD = `${TOPIC}.dlq`;
const PARTITION = { topic: TOPIC, partition: 0 };

const keys = (count: number): string[] => Array.from({ length: count }, (_, number) => `k${number}`);
const inOrder = (numbers: readonly number[]): boolean => numbers.every((number, index) => index === 0 || numbers[index - 1] < number);

let broker: MemoryBroker;
let running: Running | undefined;

beforeEach(() => {
  broker = new MemoryBroker();
  running = undefined;
});

afterEach(async () => {
  await running?.delivery.drain(200);
});

async function start(...[handle, options]: [Parameters<typeof startDelivery>[1], Parameters<typeof startDelivery>[2]?]): Promise<Running> {
  return (running = await startDelivery(broker, handle, options));
}

describe('an event that is handled', () => {
  it('has what follows published, with its cause and source, and then moves the offset', async () => {
    await give(broker, 'a');
    const { heard } = await start(finish);
    await until(() => committed(broker) === 1);
    const [record] = broker.all(DONE);
    expect(record.headers).toMatchObject({ ce_id: derivedId('a-0', 'job.done.v1'), ce_causationid: 'a-0', ce_source: 'worker' });
    expect(heard.finished).toEqual(['a 0 done 1']);
  });

  it('with nothing to tell moves the offset too, be it an empty list or nothing at all', async () => {
    await give(broker, 'a', 'b');
    await start(async ({ data }) => (data.key === 'a' ? [] : (undefined as never)));
    await until(() => committed(broker) === 2);
    expect(broker.published).toHaveLength(2);
  });

  it('keeps the order of its key while 64 are in flight on one partition, and the offset never passes an unfinished one', async () => {
    await give(broker, ...Array.from({ length: 600 }, (_, number) => `k${number % 100}`));
    const unfinished = new Set(keys(600).keys());
    let [active, most] = [0, 0];
    broker.faults.commit = ([{ offset }]) => {
      expect(offset).toBeLessThanOrEqual(Math.min(...unfinished, 600));
      return undefined;
    };
    const { heard } = await start(async (event) => {
      most = Math.max(most, ++active);
      await pause(1 + Math.random() * 5);
      active--;
      unfinished.delete(event.data.number);
      return finish(event, undefined as never);
    });
    await until(() => committed(broker) === 600);
    expect(most).toBe(64);
    for (const key of keys(100)) expect(inOrder(jobsIn(broker, DONE).filter((job) => job.key === key).map(({ number }) => number))).toBe(true);
    expect(heard.brokerFailed).toEqual([]);
  });

  it('with any keys, durations and failures, is never committed past an unfinished one and comes out in order per key', async () => {
    const job = fc.record({ key: fc.constantFrom('a', 'b', 'c'), turns: fc.nat(4), failures: fc.nat(2) });
    await fc.assert(
      fc.asyncProperty(fc.array(job, { minLength: 1, maxLength: 25 }), async (jobs) => {
        broker = new MemoryBroker();
        await give(broker, ...jobs.map(({ key }) => key));
        const left = jobs.map(({ failures }) => failures);
        const unfinished = new Set(jobs.keys());
        let passed = false;
        broker.faults.commit = ([{ offset }]) => void (passed ||= [...unfinished].some((open) => open < offset));
        const { delivery } = await startDelivery(
          broker,
          async (event) => {
            const { number } = event.data;
            for (let turn = jobs[number].turns; turn > 0; turn--) await Promise.resolve();
            if (left[number]-- > 0) throw new TransientError('not yet');
            unfinished.delete(number);
            return finish(event, undefined as never);
          },
          { backoff: { firstMs: 0, longestMs: 0 }, maxInFlight: 3 },
        );
        await until(() => broker.all(DONE).length === jobs.length);
        expect(await delivery.drain(500)).toBe(0);
        expect(passed).toBe(false);
        expect(committed(broker)).toBe(jobs.length);
        for (const key of 'abc') expect(inOrder(jobsIn(broker, DONE).filter((done) => done.key === key).map(({ number }) => number))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe('an event that fails', () => {
  it('for a reason that may pass is tried again in its own lane while other keys go on, and those behind it keep their order', async () => {
    await give(broker, 'a', 'a', 'b', 'c');
    const order: string[] = [];
    let failures = 2;
    const { heard } = await start(async (event) => {
      if (event.data.number === 0 && failures-- > 0) throw new TransientError('down');
      order.push(`${event.data.key}${event.data.number}`);
      return finish(event, undefined as never);
    });
    await until(() => committed(broker) === 4);
    expect(order).toEqual(['b2', 'c3', 'a0', 'a1']);
    expect(heard.retrying).toEqual(['0 1', '0 2']);
    expect(heard.finished).toContain('a 0 done 3');
  });

  it('waits as long as the other side asks, within reason', async () => {
    await give(broker, 'a', 'b', 'c');
    const asked = [20, 1e12, Number.NaN];
    const { heard } = await start(async ({ data }) => {
      throw new TransientError('busy', asked[data.number]);
    });
    await until(() => heard.retrying.filter((line) => line === '1 1').length === 1 && heard.retrying.includes('0 2'));
    const waitOf = (line: string): number => heard.waits[heard.retrying.indexOf(line)];
    expect([waitOf('0 1'), waitOf('1 1')]).toEqual([20, 600_000]);
    expect(waitOf('2 1')).toBeLessThanOrEqual(8);
  });

  it('with each try is a dead letter after exactly its tries', async () => {
    await give(broker, 'a', 'a');
    let calls = 0;
    const { heard } = await start(
      async (event, { tries }) => {
        if (event.data.number > 0) return finish(event, undefined as never);
        expect(tries).toBe(++calls);
        throw new TransientError('still down');
      },
      { maxTries: 4 },
    );
    await until(() => committed(broker) === 2);
    expect(calls).toBe(4);
    expect(heard.died).toEqual(['0 DELIVERY.TRIES_EXHAUSTED 4']);
    expect(broker.all(DEAD)[0].headers).toMatchObject({ ml_dead_reason: 'still down', ml_dead_tries: '4' });
    expect(jobsIn(broker, DONE)).toHaveLength(1);
  });

  it('with each try is tried on, however often, until patience is over', async () => {
    await give(broker, 'a');
    const outage = { ends: 30 };
    const { heard } = await start(
      async (event, { tries }) => {
        if (tries < outage.ends) throw new TransientError('a server is away');
        return finish(event, undefined as never);
      },
      { maxTries: 2, patienceMs: 60_000, backoff: { firstMs: 1, longestMs: 1 } },
    );
    await until(() => committed(broker) === 1);
    expect(heard).toMatchObject({ died: [], finished: ['a 0 done 30'] });
  });

  it('with each try is a dead letter once patience and tries are over', async () => {
    await give(broker, 'a');
    let now = 0;
    const fail: Parameters<typeof start>[0] = async () => {
      now += 1000;
      throw new TransientError('a server is away');
    };
    const { heard } = await start(fail, { maxTries: 2, patienceMs: 5000, clock: () => now });
    await until(() => committed(broker) === 1);
    expect(heard.died).toEqual(['0 DELIVERY.TRIES_EXHAUSTED 6']);
  });

  it('for good is a dead letter at once', async () => {
    await give(broker, 'a');
    const { heard } = await start(async () => {
      throw new PermanentError('JOB.IMPOSSIBLE', 'cannot be done');
    });
    await until(() => committed(broker) === 1);
    expect(heard).toMatchObject({ died: ['0 JOB.IMPOSSIBLE 1'], retrying: [], finished: ['a 0 dead 1'] });
    expect(broker.all(DEAD)[0].headers).not.toHaveProperty('ml_dead_stack');
  });

  it.each([
    ['a rejection', () => Promise.reject(new TypeError('oops'))],
    ['a throw before any promise', () => {
      throw new TypeError('oops');
    }],
  ])('with an error nobody knows (%s) is a dead letter at once, with its stack', async (_how, handle) => {
    await give(broker, 'a');
    const { heard } = await start(handle);
    await until(() => committed(broker) === 1);
    expect(heard.died).toEqual(['0 BUG 1']);
    expect(broker.all(DEAD)[0].headers['ml_dead_stack']).toContain('delivery.spec');
  });

  it.each([
    ['no list', (): Promise<never> => Promise.resolve('what?' as never)],
    ['no promise', (): Promise<never> => 'what?' as never],
    ['something that is not an error', (): Promise<never> => Promise.reject({ status: 500 })],
  ])('because its handler gave %s is a dead letter', async (_what, handle) => {
    await give(broker, 'a');
    const { heard } = await start(handle);
    await until(() => committed(broker) === 1);
    expect(heard.died).toEqual(['0 BUG 1']);
    expect(broker.all(DEAD)[0].headers['ml_dead_reason']).not.toContain('[object');
  });

  it('because what follows is not what its contract says is a dead letter, and nothing of it is published', async () => {
    await give(broker, 'a');
    const { heard } = await start(async (event) => [JobDone.from(event, event.data), JobDone.from(event, { key: 'a' } as never)]);
    await until(() => committed(broker) === 1);
    expect(heard.died).toEqual(['0 DELIVERY.INVALID_OUTPUT 1']);
    expect(broker.all(DONE)).toEqual([]);
  });

  it('because it cannot be read is a dead letter with the bytes and headers as they came', async () => {
    const value = Buffer.from([0x7b, 0xff, 0x00]);
    await broker.publish([{ topic: TOPIC, key: 'a', headers: { ce_id: 'e', own: '1' }, value }]);
    const { heard } = await start(finish);
    await until(() => committed(broker) === 1);
    expect(heard.died).toEqual(['0 DELIVERY.NOT_JSON 1']);
    expect(broker.all(DEAD)[0]).toMatchObject({ value, key: 'a', headers: { ce_id: 'e', own: '1' } });
  });

  it('among many delays nobody else, and is the only one among the dead letters', async () => {
    await give(broker, ...keys(2000));
    const { heard } = await start(async (event) => {
      if (event.data.number === 1000) throw new TransientError('poison');
      return finish(event, undefined as never);
    });
    await until(() => committed(broker) === 2000);
    expect(broker.all(DEAD)).toHaveLength(1);
    expect(new Set(jobsIn(broker, DONE).map(({ number }) => number)).size).toBe(1999);
    expect(heard.retrying).toHaveLength(4);
  });

  it('moves the offset only when the dead letter is in its topic, however long that takes', async () => {
    await give(broker, 'a');
    let refusals = 3;
    broker.faults.publish = ([{ topic }]) => {
      expect(committed(broker)).toBe(0);
      return topic === DEAD && refusals-- > 0 ? new PermanentError('BROKER.FULL', 'full') : undefined;
    };
    const { heard } = await start(async () => {
      throw new PermanentError('X', 'x');
    });
    await until(() => committed(broker) === 1);
    expect(heard.brokerFailed).toEqual(Array(3).fill('publish: full'));
    expect(broker.all(DEAD)).toHaveLength(1);
  });
});

describe('a handler that hangs', () => {
  it('is ended by its deadline; its lane goes on, and health tells', async () => {
    await give(broker, 'a', 'a', 'b');
    const aborted: number[] = [];
    const { delivery, heard } = await start(
      async (event, { signal, tries }) => {
        if (event.data.number > 0) return finish(event, undefined as never);
        signal.addEventListener('abort', () => aborted.push(tries));
        return new Promise<never>(() => {});
      },
      { deadlineMs: 15, maxTries: 2 },
    );
    await until(() => committed(broker) === 3);
    expect(heard.died).toEqual(['0 DELIVERY.TRIES_EXHAUSTED 2']);
    expect(broker.all(DEAD)[0].headers['ml_dead_reason']).toContain('15 ms');
    expect(aborted).toEqual([1, 2]);
    expect(delivery.health).toMatchObject({ overdue: 2, held: 0, active: 0, stalledMs: 0 });
    expect(jobsIn(broker, DONE)).toHaveLength(2);
  });

  it('and ends after all, well or badly, is not listened to', async () => {
    await give(broker, 'a', 'b');
    const late = gate();
    const { heard } = await start(
      async (event, { tries }) => {
        if (tries > 1) return finish(event, undefined as never);
        await late.opened;
        if (event.data.key === 'b') throw new Error('too late to matter');
        return finish(event, undefined as never);
      },
      { deadlineMs: 10 },
    );
    await until(() => committed(broker) === 2);
    late.open();
    await pause(10);
    expect(jobsIn(broker, DONE)).toHaveLength(2);
    expect(heard).toMatchObject({ died: [], finished: [expect.stringContaining('done 2'), expect.stringContaining('done 2')] });
  });

  it('has its signal aborted, even one that it asks for only afterwards', async () => {
    await give(broker, 'a');
    const seen: boolean[] = [];
    const { heard } = await start(
      async (_event, context) => {
        await pause(30);
        seen.push(context.signal.aborted);
        return [];
      },
      { deadlineMs: 10, maxTries: 1 },
    );
    await until(() => seen.length === 1);
    expect(seen).toEqual([true]);
    expect(heard.died).toHaveLength(1);
  });

  it('tells in health how long nothing has moved', async () => {
    let now = 1000;
    await give(broker, 'a');
    const { delivery } = await start(() => new Promise<never>(() => {}), { clock: () => now });
    await until(() => delivery.health.active === 1);
    now += 5000;
    expect(delivery.health).toMatchObject({ held: 1, active: 1, stalledMs: 5000 });
  });
});

describe('a log that cannot be written', () => {
  it('is tried again without handling the event twice', async () => {
    await give(broker, 'a');
    let [calls, refusals] = [0, 3];
    broker.faults.publish = () => (refusals-- > 0 ? new TransientError('no leader') : undefined);
    const { heard } = await start((event, context) => (calls++, finish(event, context)));
    await until(() => committed(broker) === 1);
    expect(calls).toBe(1);
    expect(broker.all(DONE)).toHaveLength(1);
    expect(heard.brokerFailed).toEqual(Array(3).fill('publish: no leader'));
  });

  it('because it will never take what follows makes a dead letter of the event', async () => {
    await give(broker, 'a');
    broker.faults.publish = ([{ topic }]) => (topic === DONE ? new PermanentError('BROKER.TOO_LARGE', 'too large') : undefined);
    const { heard } = await start(finish);
    await until(() => committed(broker) === 1);
    expect(heard.died).toEqual(['0 BROKER.TOO_LARGE 1']);
  });

  it('while draining holds the drain up to its deadline, not beyond; the event comes again', async () => {
    await give(broker, 'a');
    broker.faults.publish = () => new TransientError('no leader');
    const { delivery, heard } = await start(finish);
    await until(() => heard.brokerFailed.length > 0);
    expect(await delivery.drain(40)).toBe(1);
    const told = heard.brokerFailed.length;
    await pause(30);
    expect(heard.brokerFailed).toHaveLength(told);
    expect(committed(broker)).toBe(0);
  });
});

describe('commits', () => {
  it('that fail are tried again, one at a time, and never set a position back', async () => {
    let [busy, refusals] = [0, 2];
    broker.faults.beforeCommit = async () => {
      expect(++busy).toBe(1);
      await pause(70);
      busy--;
    };
    broker.faults.commit = () => (refusals-- > 0 ? new TransientError('coordinator moved') : undefined);
    const { heard } = await start(finish);
    for (let round = 0; round < 5; round++) {
      await give(broker, ...keys(10));
      await pause(40);
    }
    await until(() => committed(broker) === 50);
    expect(inOrder(broker.commits.map(({ offset }) => offset))).toBe(true);
    expect(heard.brokerFailed).toEqual(Array(2).fill('commit: coordinator moved'));
  });
});

describe('backpressure', () => {
  it('no more events are held than allowed, and all are handled in the end', async () => {
    await give(broker, ...keys(300));
    let most = 0;
    const { delivery } = await start(
      async (event) => {
        await pause(1);
        most = Math.max(most, delivery.health.held);
        return finish(event, undefined as never);
      },
      { maxHeld: 20, maxInFlight: 8 },
    );
    await until(() => committed(broker) === 300);
    expect(most).toBe(20);
    expect(Math.max(...broker.members.get('worker')!.asked)).toBe(20);
  });

  it('a single place is enough to go on', async () => {
    await give(broker, ...keys(50));
    await start(finish, { maxHeld: 1, maxInFlight: 1 });
    await until(() => committed(broker) === 50);
  });

  it('a partition that runs far ahead of an unfinished event is paused, and goes on when that is finished', async () => {
    const stuck = gate();
    await give(broker, ...keys(500));
    await start(
      async (event) => {
        if (event.data.number === 0) await stuck.opened;
        return finish(event, undefined as never);
      },
      { maxHeld: 10, maxInFlight: 10, maxAhead: 100 },
    );
    const member = broker.members.get('worker')!;
    await until(() => member.paused.size === 1);
    await until(() => jobsIn(broker, DONE).length >= 99);
    await pause(10);
    expect(jobsIn(broker, DONE).length).toBeLessThan(110);
    stuck.open();
    await until(() => committed(broker) === 500);
    expect(member.paused.size).toBe(0);
  });
});

describe('a partition that is taken away', () => {
  it('while events of it are in flight: they are neither published, settled nor committed, and come again to who has it then', async () => {
    await give(broker, 'a', 'a', 'b');
    const first = gate();
    let calls = 0;
    const { heard } = await start(async (event) => {
      if (++calls <= 2) await first.opened;
      return finish(event, undefined as never);
    });
    await until(() => calls === 2);
    broker.members.get('worker')!.revoke([PARTITION]);
    first.open();
    await until(() => committed(broker) === 3);
    expect(calls).toBe(5);
    expect(heard.finished.sort()).toEqual(['a 0 done 1', 'a 1 done 1', 'b 2 done 1']);
    expect(jobsIn(broker, DONE)).toHaveLength(3);
  });

  it('has no position committed afterwards, not even one that was refused before', async () => {
    await give(broker, 'a', 'b');
    let hold = true;
    broker.faults.commit = () => (hold ? new TransientError('moving') : undefined);
    const { heard } = await start((event, context) => (event.data.key === 'b' ? new Promise<never>(() => {}) : finish(event, context)));
    await until(() => heard.brokerFailed.length > 0);
    const member = broker.members.get('worker')!;
    member.pause([PARTITION]);
    member.revoke([PARTITION]);
    hold = false;
    await pause(120);
    expect(broker.commits).toEqual([]);
  });

  it('while paused is not paused when it comes back', async () => {
    await give(broker, ...keys(40));
    const stuck = gate();
    await start(
      async (event) => {
        if (event.data.number === 0) await stuck.opened;
        return finish(event, undefined as never);
      },
      { maxHeld: 8, maxAhead: 10 },
    );
    const member = broker.members.get('worker')!;
    await until(() => member.paused.size === 1);
    member.revoke([PARTITION]);
    stuck.open();
    await until(() => committed(broker) === 40);
  });
});

describe('draining', () => {
  it('finishes what is in flight, commits it, and takes nothing more; the rest is there after the restart', async () => {
    await give(broker, ...keys(200));
    const handled: number[] = [];
    const slow: Parameters<typeof startDelivery>[1] = async (event) => {
      await pause(20);
      handled.push(event.data.number);
      return finish(event, undefined as never);
    };
    const first = await start(slow);
    await until(() => first.delivery.health.active === 64);
    expect(await first.delivery.drain(5000)).toBe(0);
    expect(handled).toHaveLength(64);
    expect(committed(broker)).toBe(64);
    expect(broker.members.get('worker')!.closed).toBe(true);
    await start(slow);
    await until(() => committed(broker) === 200);
    expect(handled.sort((one, other) => one - other)).toEqual([...keys(200).keys()]);
  });

  it('within its deadline, with an injected clock that stands still, says how many hung on, and aborts them', async () => {
    await give(broker, 'a', 'b', 'c', 'd');
    const signals: AbortSignal[] = [];
    const { delivery } = await start(
      (event, context) => {
        if (event.data.key === 'a') return finish(event, context);
        signals.push(context.signal);
        return new Promise<never>(() => {});
      },
      { clock: () => 0 },
    );
    await until(() => signals.length === 3);
    const began = performance.now();
    expect(await delivery.drain(200)).toBe(3);
    expect(performance.now() - began).toBeLessThan(190);
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
    expect(committed(broker)).toBe(1);
    expect(broker.all(DEAD)).toEqual([]);
  });

  it('does not wait for tries that are yet to come: they come again', async () => {
    await give(broker, 'a');
    const { delivery, heard } = await start(() => Promise.reject(new TransientError('down', 60_000)));
    await until(() => heard.retrying.length === 1);
    const began = performance.now();
    expect(await delivery.drain(5000)).toBe(0);
    expect(performance.now() - began).toBeLessThan(500);
    expect(committed(broker)).toBe(0);
  });

  it('does not try again what fails meanwhile, not even afterwards, nor begin what is behind it', async () => {
    await give(broker, 'a', 'a');
    const down = gate();
    const calls: number[] = [];
    const { delivery } = await start(async ({ data }) => {
      calls.push(data.number);
      await down.opened;
      throw new TransientError('down');
    });
    await until(() => calls.length === 1);
    const draining = delivery.drain(1000);
    down.open();
    expect(await draining).toBe(0);
    await pause(30);
    expect(calls).toEqual([0]);
    expect(delivery.health).toMatchObject({ held: 0, active: 0 });
  });

  it('twice at once, or before anything was started, is no different', async () => {
    const { delivery } = await start(finish);
    const member = broker.members.get('worker')!;
    const close = member.close.bind(member);
    let closed = 0;
    member.close = () => (closed++, close());
    expect(await Promise.all([delivery.drain(100), delivery.drain(100)])).toEqual([0, 0]);
    expect(closed).toBe(1);
    const reached = gate();
    const subscribe = broker.subscribe.bind(broker);
    broker.subscribe = (group, topics) => reached.opened.then(() => subscribe(group, topics));
    const unstarted = new Delivery(broker, [], { ...DELIVERY_DEFAULTS, service: 'other', clock: Date.now, observer: undefined as never });
    const starting = unstarted.start(() => {});
    expect(await unstarted.drain(100)).toBe(0);
    reached.open();
    await starting;
    expect(broker.members.get('other')!.closed).toBe(true);
  });

  it('ends although the broker answers neither commits nor its leaving', async () => {
    await give(broker, 'a');
    const { delivery } = await start(finish);
    broker.faults.beforeCommit = () => new Promise(() => {});
    broker.members.get('worker')!.close = () => new Promise(() => {});
    await until(() => broker.all(DONE).length === 1);
    expect(await delivery.drain(100)).toBe(0);
  });

  it('at any moment, and started again, loses nothing', async () => {
    await give(broker, ...keys(300));
    for (let round = 0; committed(broker) < 300; round++) {
      expect(round).toBeLessThan(100);
      const { delivery } = await startDelivery(broker, async (event) => {
        await pause(Math.random() * 3);
        if (Math.random() < 0.05) throw new TransientError('now and then');
        return finish(event, undefined as never);
      }, { maxTries: 50 });
      await pause(Math.random() * 10);
      await delivery.drain(4);
    }
    expect(new Set(jobsIn(broker, DONE).map(({ number }) => number)).size).toBe(300);
    expect(new Set(broker.all(DONE).map(({ headers }: LogRecord) => headers['ce_id'])).size).toBe(300);
  });
});

describe('reading', () => {
  it('that fails for a reason that may pass is tried again', async () => {
    let failures = 3;
    broker.faults.take = () => (failures-- > 0 ? new TransientError('no leader') : undefined);
    await give(broker, 'a');
    const { heard, failures: told } = await start(finish);
    await until(() => committed(broker) === 1);
    expect(heard.brokerFailed).toEqual(Array(3).fill('take: no leader'));
    expect(told).toEqual([]);
  });

  it.each([
    ['the subscription fails', (member: { fail(error: Error): void }) => member.fail(new Error('fenced')), 'fenced'],
    ['the subscription is closed by somebody else', (member: { close(): Promise<void> }) => void member.close(), 'the subscription was closed from outside'],
  ])('ends for good when %s: it is told once, and health says so', async (_what, act, message) => {
    const { delivery, failures } = await start(finish);
    act(broker.members.get('worker')! as never);
    await until(() => failures.length > 0);
    await pause(5);
    expect(failures.map((error) => error.message)).toEqual([message]);
    expect(delivery.health.failed).toBe(failures[0]);
  });

  it('ends for good when the observer has a fault: the event is not committed', async () => {
    await give(broker, 'a');
    const observer = { finished: () => { throw new Error('metrics are broken'); }, retrying: () => {}, died: () => {}, brokerFailed: () => {} };
    const { failures } = await start(finish, { observer });
    await until(() => failures.length === 1);
    expect(committed(broker)).toBe(0);
  });

  it('leaves timers and requests their turn, although handlers wait for nothing and the log has more at once', async () => {
    await give(broker, ...keys(5000));
    const subscribe = broker.subscribe.bind(broker);
    broker.subscribe = async (group, topics) => {
      const member = await subscribe(group, topics);
      const take = member.take.bind(member);
      member.take = (_limit, signal) => take(5, signal);
      return member;
    };
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await start(finish);
    await until(() => broker.all(DONE).length === 5000);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(10);
  });
});
