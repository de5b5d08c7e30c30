import { type KafkaBroker } from './kafka/kafka-broker.js';
import { type KafkaOptions } from './kafka/kafka-options.js';

/** A broker on a Kafka cluster, which need not be there yet: what cannot be done meanwhile is a TransientError. Nothing of Kafka is loaded before. */
export async function openKafkaBroker(options: KafkaOptions): Promise<KafkaBroker> {
  const { KafkaBroker } = await import('./kafka/kafka-broker.js');
  return new KafkaBroker(options);
}
