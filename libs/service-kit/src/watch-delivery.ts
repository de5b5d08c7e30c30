import { type DeliveryObserver, type LogRecord } from '@math-labeler/messaging';
import { type Logger } from './logging.js';
import { type Metrics } from './metrics.js';

/** Makes metrics and log lines of what a service's delivery does. */
export function watchDelivery(service: string, metrics: Metrics, logger: Logger): DeliveryObserver {
  const about = ({ topic, partition, offset, key, headers }: LogRecord) => ({ service, topic, partition, offset, key, eventId: headers['ce_id'], correlationId: headers['ce_correlationid'] ?? headers['ce_id'] });
  return {
    finished: (record, { outcome, seconds, age, tries }) => {
      const { topic } = record;
      metrics.events.inc({ service, topic, outcome });
      metrics.handling.observe({ service, topic }, seconds);
      metrics.latency.observe({ service, topic }, age);
      if (logger.isLevelEnabled('debug')) logger.debug({ ...about(record), outcome, tries, seconds }, 'finished');
    },
    retrying: (record, { tries, reason, waitMs }) => {
      metrics.retries.inc({ service, topic: record.topic });
      logger.warn({ ...about(record), tries, reason, waitMs: Math.round(waitMs) }, 'will try again');
    },
    died: (record, { code, reason, stack, tries }) => {
      metrics.deadLetters.inc({ service, topic: record.topic, code });
      logger.error({ ...about(record), code, reason, stack, tries }, 'dead letter');
    },
    brokerFailed: (doing, error) => {
      metrics.brokerFailures.inc({ service, doing });
      logger.error({ service, doing, err: error }, 'the broker failed; trying again');
    },
  };
}
