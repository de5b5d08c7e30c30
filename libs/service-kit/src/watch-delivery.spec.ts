import { type LogRecord } from '@math-labeler/messaging';
import { type Logger } from './logging.js';
import { Metrics } from './metrics.js';
import { watchDelivery } from './watch-delivery.js';

const record: LogRecord = { topic: 'problem.ingested.v1', partition: 3, offset: 7, timestamp: 0, key: '1', headers: { ce_id: 'e1', ce_correlationid: 'c1' }, value: Buffer.from('{"content":"the text"}') };

function watching() {
  const lines: Record<string, unknown>[] = [];
  const log = (about: Record<string, unknown>, msg: string) => void lines.push({ ...about, msg });
  const metrics = new Metrics();
  const logger = { warn: log, error: log, debug: log, isLevelEnabled: () => false } as unknown as Logger;
  return { lines, metrics, observer: watchDelivery('retrieval', metrics, logger) };
}

test('a finished event counts by its topic and what became of it, with how long it took', async () => {
  const { lines, metrics, observer } = watching();
  observer.finished(record, { outcome: 'done', tries: 1, seconds: 0.004, age: 0.02 });
  const text = await metrics.registry.metrics();
  expect(text).toContain('mathlabeler_events_total{service="retrieval",topic="problem.ingested.v1",outcome="done"} 1');
  expect(text).toContain('mathlabeler_event_handling_seconds_sum{service="retrieval",topic="problem.ingested.v1"} 0.004');
  expect(text).toContain('mathlabeler_stage_latency_seconds_sum{service="retrieval",topic="problem.ingested.v1"} 0.02');
  expect(lines).toEqual([]);
});

test('a dead letter counts by its code, and its line names event, correlation and reason but not the text', async () => {
  const { lines, metrics, observer } = watching();
  observer.died(record, { service: 'retrieval', code: 'BUG', reason: 'x is not a function', stack: 'at …', tries: 1, at: 0 });
  expect(await metrics.registry.metrics()).toContain('mathlabeler_dead_letters_total{service="retrieval",topic="problem.ingested.v1",code="BUG"} 1');
  expect(lines).toEqual([expect.objectContaining({ service: 'retrieval', topic: 'problem.ingested.v1', partition: 3, offset: 7, key: '1', eventId: 'e1', correlationId: 'c1', code: 'BUG', reason: 'x is not a function', stack: 'at …', msg: 'dead letter' })]);
  expect(JSON.stringify(lines)).not.toContain('the text');
});

test('a try that will be followed by another, and a broker that fails, are counted and told', async () => {
  const { lines, metrics, observer } = watching();
  observer.retrying(record, { tries: 2, reason: 'the index is away', waitMs: 401.7 });
  observer.brokerFailed('publish', new Error('full'));
  const text = await metrics.registry.metrics();
  expect(text).toContain('mathlabeler_event_retries_total{service="retrieval",topic="problem.ingested.v1"} 1');
  expect(text).toContain('mathlabeler_broker_failures_total{service="retrieval",doing="publish"} 1');
  expect(lines.map(({ msg }) => msg)).toEqual(['will try again', 'the broker failed; trying again']);
});
