import { ProblemSubmitted, TransientError } from '@math-labeler/contracts';
import { EventPublisher } from './event-publisher.js';
import { MemoryBroker } from './memory-broker.fixture.js';

const event = ProblemSubmitted.first('1', ProblemSubmitted.examples[0]);

test('what is told is in the log, with who told it and when', async () => {
  const broker = new MemoryBroker();
  await new EventPublisher(broker, 'gateway', () => 0).publish([event]);
  expect(broker.published).toMatchObject([{ topic: ProblemSubmitted.topic.name, headers: { ce_id: '1', ce_source: 'gateway', ce_time: '1970-01-01T00:00:00.000Z' } }]);
});

test('a log that hangs keeps nobody waiting', async () => {
  const broker = new MemoryBroker();
  broker.publish = () => new Promise(() => {});
  await expect(new EventPublisher(broker, 'gateway', Date.now, 20).publish([event])).rejects.toBeInstanceOf(TransientError);
});

test('a log that refuses is told as it is', async () => {
  const broker = new MemoryBroker();
  const refusal = new TransientError('full');
  broker.faults.publish = () => refusal;
  await expect(new EventPublisher(broker, 'gateway', Date.now).publish([event])).rejects.toBe(refusal);
});
