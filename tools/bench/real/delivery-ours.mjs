// Run by real/delivery.mjs in a process of its own: one handler on our delivery, which reads an event and tells another.
import { z } from 'zod';
import { defineEvent } from '../../../libs/contracts/dist/index.js';
import { Delivery, DELIVERY_DEFAULTS, openKafkaBroker } from '../../../libs/messaging/dist/index.js';
import { follow, settings } from './delivery-settings.mjs';

const { brokers, prefix, input, output, count } = settings();
const schema = z.object({ id: z.string(), content: z.string() });
const contractOf = (type) => defineEvent({ type, description: '', schema, key: ({ id }) => id, examples: [], consumers: [] });
const told = contractOf(output);
const broker = await openKafkaBroker({ brokers, clientId: 'bench', prefix });
const progress = follow(count);
const handle = async (event) => {
  if (event.data.content === 'poison') throw new Error('poison');
  progress.handled(event.data.id);
  return [told.from(event, event.data)];
};
const nothing = () => {};
const observer = { finished: nothing, retrying: nothing, died: ({ key }) => progress.handled(key), brokerFailed: nothing };
const delivery = new Delivery(broker, [{ contract: contractOf(input), handle }], { ...DELIVERY_DEFAULTS, service: 'bench', clock: Date.now, observer });
await delivery.start((error) => {
  throw error;
});
await progress.report();
await delivery.drain(5000);
await broker.close();
process.exit(0);
