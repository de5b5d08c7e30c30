import { randomUUID } from 'node:crypto';
import { describeBroker } from './broker.behaviour.js';
import { sharedKafka } from '../../../tools/test-servers/index.mjs';
import { openKafkaBroker } from './open-kafka-broker.js';

const brokers = await sharedKafka();

if (brokers === undefined) test.skip('Kafka cannot run on this machine', () => {});
else {
  describeBroker('Kafka', async () => {
    const options = { brokers: brokers.split(','), clientId: 'test', prefix: `behaviour-${randomUUID()}.` };
    return { broker: await openKafkaBroker(options), reopen: () => openKafkaBroker(options) };
  });
}
