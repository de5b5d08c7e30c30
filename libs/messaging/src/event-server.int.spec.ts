import 'reflect-metadata';
import { type EventContract, EVENTS, FeedbackRecorded, LabelDisputed, LabelProposed, type NewEvent, PermanentError, ProblemLabeled, ReviewRequested, TransientError } from '@math-labeler/contracts';
import { Controller, type INestMicroservice, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern } from '@nestjs/microservices';
import { Consumes } from './consumes.js';
import { DELIVERY_DEFAULTS, type DeliveryContext } from './delivery.js';
import { until } from './delivery.fixture.js';
import { encode } from './event-codec.js';
import { EventServer } from './event-server.js';
import { MemoryBroker } from './memory-broker.fixture.js';

const SERVICE = 'confidence-agent';
const TOPIC = LabelProposed.topic.name;
const [proposal] = LabelProposed.examples;
const disputed = LabelDisputed.examples[0];

const seen: { readonly event: LabelProposed; readonly context: DeliveryContext }[] = [];
let answer: (event: LabelProposed) => Promise<readonly NewEvent[]>;

@Controller()
class Proposals {
  private readonly own = 'this is bound';

  @Consumes(LabelProposed)
  handle(event: LabelProposed, context: DeliveryContext): Promise<readonly NewEvent[]> {
    expect(this.own).toBe('this is bound');
    seen.push({ event, context });
    return answer(event);
  }
}

@Controller()
class Feedbacks {
  @Consumes(FeedbackRecorded)
  async handle(): Promise<readonly NewEvent[]> {
    return [];
  }
}

@Controller()
class Strays {
  @Consumes(ProblemLabeled)
  async handle(): Promise<readonly NewEvent[]> {
    return [];
  }
}

@Controller()
class Unmarked {
  @EventPattern('anything')
  handle(data: unknown): unknown {
    return data;
  }
}

let broker: MemoryBroker;
let app: INestMicroservice | undefined;
let drained: number[];
let failures: Error[];
let retries: number;

async function boot(...controllers: readonly Type[]): Promise<EventServer> {
  class Root {}
  Module({ controllers: [...controllers] })(Root);
  const server = new EventServer({
    ...DELIVERY_DEFAULTS,
    service: SERVICE,
    broker,
    backoff: { firstMs: 1, longestMs: 2 },
    clock: Date.now,
    observer: { finished: () => {}, retrying: () => void retries++, died: () => {}, brokerFailed: () => {} },
    drainMs: 1000,
    onFailed: (error) => failures.push(error),
    onDrained: (unfinished) => drained.push(unfinished),
  });
  app = await NestFactory.createMicroservice(Root, { strategy: server, logger: false, abortOnError: false });
  await app.listen();
  return server;
}

const propose = (id: string): Promise<void> => broker.publish([encode(LabelProposed.first(id, proposal), 'labeling', 0)]);
const committed = (): number => broker.offsetOf(SERVICE, { topic: TOPIC, partition: 0 });
const dead = (): Record<string, string>[] => broker.all(`${TOPIC}.dlq`).map(({ headers }) => headers);

beforeEach(() => {
  broker = new MemoryBroker();
  [drained, failures, retries] = [[], [], 0];
  seen.length = 0;
  app = undefined;
});

afterEach(() => app?.close());

describe('a Nest service on the log', () => {
  it('handles its events, is told of the try, and what it gives is published', async () => {
    answer = async (event) => [LabelDisputed.from(event, disputed)];
    const server = await boot(Proposals, Feedbacks);
    await propose('e-1');
    await until(() => committed() === 1);
    expect(seen[0].event).toMatchObject({ id: 'e-1', data: proposal });
    expect(seen[0].context.tries).toBe(1);
    expect(seen[0].context.signal).toBeInstanceOf(AbortSignal);
    expect(broker.all(LabelDisputed.topic.name)[0].headers).toMatchObject({ ce_causationid: 'e-1', ce_source: SERVICE });
    expect(server.health).toMatchObject({ held: 0, overdue: 0 });
  });

  it.each([
    ['two events', (event: LabelProposed) => Promise.resolve([LabelDisputed.from(event, disputed), ReviewRequested.from(event, ReviewRequested.examples[0])]), 2],
    ['no events', () => Promise.resolve([]), 0],
    ['nothing', () => Promise.resolve(undefined as never), 0],
    ['a list without a promise', (event: LabelProposed) => [LabelDisputed.from(event, disputed)] as never, 1],
  ])('a handler may give %s', async (_what, given, count) => {
    answer = given as typeof answer;
    await boot(Proposals, Feedbacks);
    await propose('e-1');
    await until(() => committed() === 1);
    expect(broker.published).toHaveLength(1 + count);
    expect(dead()).toEqual([]);
  });

  it('an error that may pass reaches the delivery as it is, and the event is tried again', async () => {
    let failed = 0;
    answer = async () => {
      if (failed++ < 2) throw new TransientError('store is down');
      return [];
    };
    await boot(Proposals, Feedbacks);
    await propose('e-1');
    await until(() => committed() === 1);
    expect(retries).toBe(2);
    expect(seen.map(({ context }) => context.tries)).toEqual([1, 2, 3]);
    expect(dead()).toEqual([]);
  });

  it('an error for good reaches the delivery with its code, an unknown one with its stack', async () => {
    answer = async ({ id }) => {
      throw id === 'e-1' ? new PermanentError('CONFIDENCE.NO_VOTES', 'no votes') : new TypeError('a bug');
    };
    await boot(Proposals, Feedbacks);
    await propose('e-1');
    await propose('e-2');
    await until(() => committed() === 2);
    const byId = Object.fromEntries(dead().map((headers) => [headers['ce_id'], headers]));
    expect(byId['e-1']).toMatchObject({ ml_dead_code: 'CONFIDENCE.NO_VOTES', ml_dead_reason: 'no votes' });
    expect(byId['e-2']).toMatchObject({ ml_dead_code: 'BUG', ml_dead_reason: 'a bug', ml_dead_stack: expect.stringContaining('event-server.int.spec') });
  });

  it('closing finishes what is in flight, leaves the group, and tells how many were left, once', async () => {
    let release = (): void => {};
    answer = () => new Promise((resolve) => (release = () => resolve([])));
    await boot(Proposals, Feedbacks);
    await propose('e-1');
    await until(() => seen.length === 1);
    const closing = app!.close();
    release();
    await closing;
    await app!.close();
    expect(committed()).toBe(1);
    expect(broker.members.get(SERVICE)!.closed).toBe(true);
    expect(drained).toEqual([0]);
  });

  it('hears when reading fails for good', async () => {
    const server = await boot(Proposals, Feedbacks);
    broker.members.get(SERVICE)!.fail(new Error('fenced'));
    expect(failures.map(({ message }) => message)).toEqual(['fenced']);
    expect(server.health?.failed?.message).toBe('fenced');
  });

  it.each([
    ['an event has no handler', [Proposals], 'confidence-agent: feedback.recorded.v1 has no handler'],
    ['an event has two handlers', [Proposals, Feedbacks, class Again extends Proposals {}], 'confidence-agent: label.proposed.v1 has two handlers'],
    ['a handler is of an event that the service does not read', [Proposals, Feedbacks, Strays], 'confidence-agent: problem.labeled.v1 is not an event that this service reads'],
    ['a handler is of no event', [Proposals, Feedbacks, Unmarked], 'confidence-agent: a handler of anything is not marked with @Consumes'],
  ])('refuses to boot when %s', async (_what, controllers, message) => {
    const marked = controllers.map((controller) => (Reflect.hasMetadata('__controller__', controller) ? controller : (Controller()(controller), controller)));
    await expect(boot(...marked)).rejects.toMatchObject({ name: 'HandlerError', message });
    expect(broker.members.size).toBe(0);
  });

  it('refuses to boot when the log cannot be reached, and can be closed all the same', async () => {
    broker.subscribe = () => Promise.reject(new TransientError('no broker'));
    await expect(boot(Proposals, Feedbacks)).rejects.toThrow('no broker');
    await app!.close();
  });

  it('the contracts ask these two handlers of this service', () => {
    const contracts: readonly EventContract[] = EVENTS.filter(({ consumers }) => consumers.includes(SERVICE));
    expect(contracts.map(({ type }) => type)).toEqual(['label.proposed.v1', 'feedback.recorded.v1']);
  });
});
