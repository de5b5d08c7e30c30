import { deadLetterTopic, EVENTS, type Grant, grants } from '@math-labeler/contracts';
import { type TopicPlan } from '@math-labeler/messaging';
import { EXIT, type ExitCode } from '../exit-code.js';
import { wordsIn } from '../language.js';
import { LineOutput } from '../line-output.js';
import { type Session, tell } from '../session.js';
import { textTable } from '../text-table.js';
import { isOnKafka, withKafka } from './open-broker.js';

export interface ApplyOptions {
  /** Of each topic; those that exist are given more, never fewer. Undefined: as a server would make them. */
  readonly partitions?: number;
  /** Copies of topics that are made. */
  readonly replication?: number;
  readonly dryRun: boolean;
  /** Let each service do what it must, too. */
  readonly acls: boolean;
}

/** Makes the topics on Kafka as the contracts want them, and shows what was done; the embedded log makes its own. */
export async function applyTopics(session: Session, { partitions, replication, dryRun, acls }: ApplyOptions): Promise<ExitCode> {
  if (!isOnKafka(session)) {
    tell(session, { ko: 'KAFKA_BROKERS가 없어 할 것이 없습니다. 내장 로그는 서버가 토픽을 스스로 만듭니다.', en: 'There is nothing to do without KAFKA_BROKERS: the embedded log makes its topics by itself.' });
    return EXIT.done;
  }
  const { readSettings } = await import('@math-labeler/service-kit');
  const topics = EVENTS.flatMap((contract) => [contract.topic, deadLetterTopic(contract)]).map((topic) => ({ ...topic, partitions: partitions ?? readSettings(session.env).partitions }));
  await withKafka(
    session,
    async (broker) => {
      const plans = await (dryRun ? broker.planTopics(topics) : broker.applyTopics(topics));
      const output = new LineOutput(session.stdout);
      for (const line of textTable([headIn(session), ...plans.map((plan) => rowOf(session, plan))])) await output.write(line);
      summarise(session, plans, dryRun);
      if (!acls || dryRun) return;
      const made = await broker.applyAcls(grants());
      tell(session, { ko: `권한 ${made.length}개를 새로 주었습니다 (모두 ${grants().length}개).`, en: `${made.length} grants made anew (${grants().length} in all).` });
    },
    { replication },
  );
  return EXIT.done;
}

/** What each principal may do, as it would be granted. */
export async function showAcls(session: Session, { json }: { readonly json: boolean }): Promise<ExitCode> {
  const words = wordsIn(session.language);
  const head = [words('이름', 'principal'), words('대상', 'resource'), words('대상의 이름', 'name'), words('할 수 있는 것', 'may')];
  const rows = grants().map(({ principal, resource, name, match, operations }: Grant) => [`User:${principal}`, resource, match === 'exact' ? name : `${name}*`, operations.join(', ')]);
  const output = new LineOutput(session.stdout);
  for (const line of json ? grants().map((grant) => JSON.stringify(grant)) : textTable([head, ...rows])) await output.write(line);
  return EXIT.done;
}

function headIn({ language }: Session): string[] {
  const words = wordsIn(language);
  return [words('토픽', 'topic'), words('한 것', 'done'), words('파티션', 'partitions'), words('복제', 'copies'), words('바뀐 설정', 'settings changed')];
}

function rowOf({ language }: Session, { topic, step, partitions, copies, configs, before }: TopicPlan): (string | number)[] {
  const words = wordsIn(language);
  const done = { make: words('만듦', 'made'), change: words('바꿈', 'changed'), keep: words('그대로', 'kept') }[step];
  const count = before === undefined || before.partitions === partitions ? String(partitions) : `${before.partitions} → ${partitions}`;
  const changed = Object.entries(configs).filter(([name, value]) => before?.configs[name] !== value);
  return [topic, done, count, copies, changed.map(([name, value]) => (before?.configs[name] === undefined ? `${name}=${value}` : `${name}=${before.configs[name]} → ${value}`)).join(' ')];
}

function summarise(session: Session, plans: readonly TopicPlan[], dryRun: boolean): void {
  const [made, changed, kept] = (['make', 'change', 'keep'] as const).map((wanted) => plans.filter(({ step }) => step === wanted).length);
  const notDone = dryRun ? { ko: ' (아직 하지 않았습니다)', en: ' (not done yet)' } : { ko: '', en: '' };
  tell(session, { ko: `만듦 ${made}, 바꿈 ${changed}, 그대로 ${kept}${notDone.ko}`, en: `${made} made, ${changed} changed, ${kept} kept${notDone.en}` });
}
