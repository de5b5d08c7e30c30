import { Command, InvalidArgumentError, Option } from 'commander';
import { type ExitCode } from '../exit-code.js';
import { wordsIn } from '../language.js';
import { type Session } from '../session.js';
import { type ApplyOptions } from '../topics/apply-topics.js';
import { type ConsumeOptions } from '../topics/consume-topic.js';
import { type DeadLetterOptions } from '../topics/dead-letters.js';
import { type PublishOptions } from '../topics/publish-lines.js';
import { speakLanguage } from '../usage.js';

/** The broker is loaded by the commands that need it: no other command waits for it. */
export function topicsCommand(session: Session, onDone: (code: ExitCode) => void): Command {
  const words = wordsIn(session.language);
  const topics = new Command('topics')
    .description(words('파이프라인의 토픽을 보고, 읽고, 발행합니다 (KAFKA_BROKERS의 Kafka나 DATA_DIR의 로그; 서버가 실행 중이어도 됩니다)', 'show, read and publish to the topics of the pipeline (on Kafka with KAFKA_BROKERS, else the log of DATA_DIR, also while the server runs)'))
    .helpCommand('help [command]', words('명령의 도움말', 'help for a command'))
    .addHelpText('after', words(EXAMPLES.ko, EXAMPLES.en));
  for (const command of [listCommand, publishCommand, consumeCommand, lagCommand, deadLettersCommand, redriveCommand, applyCommand, aclsCommand]) {
    topics.addCommand(speakLanguage(command(session, onDone), session.language));
  }
  return topics;
}

const LINES = `
  mathlabel topics list
  mathlabel topics publish problem.submitted.v1 problems.jsonl
  echo '{"id":"1","text":"3 + 5"}' | mathlabel topics publish problem.submitted.v1
  mathlabel topics consume problem.labeled.v1 --from-beginning --until-idle 2 --json
  mathlabel topics lag
  mathlabel topics dead-letters --topic problem.ingested.v1
  mathlabel topics redrive
  mathlabel topics apply --dry-run
  mathlabel topics acls`;

const EXAMPLES = {
  ko: `\n예:${LINES}\n\n종료 코드: 0 다 됨 · 1 일부 줄을 쓰지 못함 · 2 사용법이 틀렸거나 할 것이 없음 · 130 중단`,
  en: `\nExamples:${LINES}\n\nExit codes: 0 done · 1 some lines could not be used · 2 wrong usage or nothing to do · 130 interrupted`,
};

type CommandOf = (session: Session, onDone: (code: ExitCode) => void) => Command;

const listCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  return new Command('list')
    .description(words('토픽과 그 안의 기록 수', 'the topics and how much they hold'))
    .addOption(jsonOption(session))
    .action(async (options: { json: boolean }) => onDone(await (await import('../topics/show-topics.js')).listTopics(session, options)));
};

const publishCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  return new Command('publish')
    .description(words('한 줄에 하나씩 JSON을 입력 토픽에 발행합니다', 'publish one JSON value a line to an input topic'))
    .argument('<topic>', words('problem.submitted.v1 또는 feedback.submitted.v1', 'problem.submitted.v1 or feedback.submitted.v1'))
    .argument('[file]', words('파일; 없거나 -이면 표준 입력', 'file; standard input without it, or with -'), '-')
    .addOption(new Option('--force', words('입력 토픽이 아니어도 발행합니다', 'publish to a topic that is no input, too')).default(false))
    .addHelpText('after', words("\n예:\n  echo '{\"id\":\"1\",\"text\":\"3 + 5\"}' | mathlabel topics publish problem.submitted.v1", "\nExample:\n  echo '{\"id\":\"1\",\"text\":\"3 + 5\"}' | mathlabel topics publish problem.submitted.v1"))
    .action(async (topic: string, file: string, options: PublishOptions) => onDone(await (await import('../topics/publish-lines.js')).publishLines(session, topic, file, options)));
};

const consumeCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  return new Command('consume')
    .description(words('토픽의 기록을 보여 줍니다 (Ctrl-C까지 새 기록을 따라갑니다)', 'show the records of a topic (follows new ones until Ctrl-C)'))
    .argument('<topic>', words('토픽', 'topic'))
    .addOption(new Option('--from-beginning', words('처음부터; 없으면 새 기록만', 'from the beginning; only new records without it')).default(false))
    .addOption(new Option('--until-idle <seconds>', words('이만큼 새 기록이 없으면 끝냅니다 (0: 지금 있는 것까지)', 'end after so long without a new record (0: with those that are there now)')).argParser(numberFrom(session, { least: 0, whole: false })))
    .addOption(new Option('--limit <n>', words('이만큼 보여 주고 끝냅니다', 'end after so many records')).argParser(numberFrom(session, { least: 1, whole: true })))
    .addOption(jsonOption(session))
    .addHelpText('after', words('\n예:\n  mathlabel topics consume problem.labeled.v1 --from-beginning --until-idle 2 --json', '\nExample:\n  mathlabel topics consume problem.labeled.v1 --from-beginning --until-idle 2 --json'))
    .action(async (topic: string, options: ConsumeOptions) => onDone(await (await import('../topics/consume-topic.js')).consumeTopic(session, topic, options)));
};

const lagCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  return new Command('lag')
    .description(words('서비스마다 얼마나 밀려 있는지', 'how far each service is behind'))
    .addOption(jsonOption(session))
    .action(async (options: { json: boolean }) => onDone(await (await import('../topics/show-topics.js')).showLag(session, options)));
};

const deadLettersCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  return new Command('dead-letters')
    .description(words('처리하지 못한 것과 그 까닭', 'what could not be handled, and why'))
    .addOption(topicOption(session))
    .addOption(new Option('--limit <n>', words('많아야 이만큼', 'at most so many')).default(50).argParser(numberFrom(session, { least: 1, whole: true })))
    .addOption(jsonOption(session))
    .action(async (options: DeadLetterOptions & { limit: number; json: boolean }) => onDone(await (await import('../topics/dead-letters.js')).listDeadLetters(session, options)));
};

const redriveCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  return new Command('redrive')
    .description(words('처리하지 못한 것을 제 토픽으로 돌려보냅니다 (까닭을 고친 뒤에)', 'put back what could not be handled (once its cause is mended)'))
    .addOption(topicOption(session))
    .action(async (options: DeadLetterOptions) => onDone(await (await import('../topics/dead-letters.js')).redrive(session, options)));
};

const applyCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  const whole = numberFrom(session, { least: 1, whole: true });
  return new Command('apply')
    .description(words('Kafka의 토픽을 만들고 설정을 맞춥니다 (배포할 때마다; 두 번 해도 같습니다)', 'make the topics on Kafka and give them their settings (at every deploy; twice is the same as once)'))
    .addOption(new Option('--dry-run', words('하지 않고 무엇을 할지만 보여 줍니다', 'show what would be done, without doing it')).default(false))
    .addOption(new Option('--partitions <n>', words('토픽마다 파티션 수 (있는 토픽은 늘리기만 합니다; 없으면 PARTITIONS)', 'partitions of each topic (never fewer than there are; without it PARTITIONS)')).argParser(whole))
    .addOption(new Option('--replication <n>', words('새 토픽의 복제 수 (없으면 3, 브로커가 더 적으면 그 수)', 'copies of topics that are made (without it 3, or as many as there are brokers)')).argParser(whole))
    .addOption(new Option('--acls', words('서비스마다 꼭 필요한 권한도 줍니다 (topics acls가 보여 주는 것)', 'grant each service what it needs, too (what topics acls shows)')).default(false))
    .action(async (options: ApplyOptions) => onDone(await (await import('../topics/apply-topics.js')).applyTopics(session, options)));
};

const aclsCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  return new Command('acls')
    .description(words('Kafka에서 서비스마다 꼭 필요한 권한 (서버 없이도 볼 수 있습니다)', 'what each service must be allowed on Kafka (needs no server)'))
    .addOption(jsonOption(session))
    .action(async (options: { json: boolean }) => onDone(await (await import('../topics/apply-topics.js')).showAcls(session, options)));
};

function jsonOption({ language }: Session): Option {
  return new Option('--json', wordsIn(language)('한 줄에 JSON 하나씩', 'as JSON, one object a line')).default(false);
}

function topicOption({ language }: Session): Option {
  return new Option('--topic <topic>', wordsIn(language)('이 토픽에서 온 것만', 'only those of this topic'));
}

function numberFrom({ language }: Session, { least, whole }: { readonly least: number; readonly whole: boolean }): (value: string) => number {
  const words = wordsIn(language);
  return (value) => {
    const number = value.trim() === '' ? NaN : Number(value);
    if (!(number >= least && number < Infinity) || (whole && !Number.isInteger(number))) {
      throw new InvalidArgumentError(words(`${least} 이상의 ${whole ? '정수' : '수'}여야 합니다`, `must be a ${whole ? 'whole number' : 'number'} of at least ${least}`));
    }
    return number;
  };
}
