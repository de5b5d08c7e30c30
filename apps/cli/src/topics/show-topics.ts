import { EXIT, type ExitCode } from '../exit-code.js';
import { LineOutput } from '../line-output.js';
import { type Session } from '../session.js';
import { textTable } from '../text-table.js';
import { recordsIn } from './extent.js';
import { withBroker } from './open-broker.js';
import { meaningOf } from './topic-meaning.js';

/** All topics with what they hold. */
export async function listTopics(session: Session, { json }: { readonly json: boolean }): Promise<ExitCode> {
  const topics = await withBroker(session, async (broker) => {
    const found = [];
    for (const { name, partitions, retentionHours } of await broker.topics()) {
      session.signal.throwIfAborted();
      found.push({ topic: name, partitions, records: await recordsIn(broker, name), retentionHours, description: meaningOf(name)?.[session.language] ?? '' });
    }
    return found.sort((a, b) => (a.topic < b.topic ? -1 : 1));
  });
  const days = (hours: number): string => ({ ko: `${+(hours / 24).toFixed(1)}일`, en: `${+(hours / 24).toFixed(1)} d` })[session.language];
  const head = { ko: ['토픽', '파티션', '기록', '보관', '뜻'], en: ['topic', 'partitions', 'records', 'kept', 'what it tells'] }[session.language];
  return show(session, json, topics, [head, ...topics.map(({ topic, partitions, records, retentionHours, description }) => [topic, partitions, records, days(retentionHours), description])]);
}

/** How far each group is behind on each of its topics. */
export async function showLag(session: Session, { json }: { readonly json: boolean }): Promise<ExitCode> {
  const places = await withBroker(session, (broker) => broker.lag());
  const sums = new Map<string, { group: string; topic: string; committed: number; end: number; lag: number }>();
  for (const { group, topic, committed, end } of places) {
    const sum = sums.get(JSON.stringify([group, topic])) ?? { group, topic, committed: 0, end: 0, lag: 0 };
    sums.set(JSON.stringify([group, topic]), { ...sum, committed: sum.committed + committed, end: sum.end + end, lag: sum.lag + end - committed });
  }
  const rows = [...sums.values()].sort((a, b) => (a.group + a.topic < b.group + b.topic ? -1 : 1));
  const head = { ko: ['그룹', '토픽', '처리함', '끝', '밀림'], en: ['group', 'topic', 'committed', 'end', 'lag'] }[session.language];
  return show(session, json, rows, [head, ...rows.map(({ group, topic, committed, end, lag }) => [group, topic, committed, end, lag])]);
}

async function show(session: Session, json: boolean, values: readonly unknown[], rows: readonly (readonly (string | number)[])[]): Promise<ExitCode> {
  const output = new LineOutput(session.stdout);
  for (const line of json ? values.map((value) => JSON.stringify(value)) : textTable(rows)) await output.write(line);
  return EXIT.done;
}
