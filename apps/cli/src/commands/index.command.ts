import { Argument, Command, Option } from 'commander';
import { type ExitCode } from '../exit-code.js';
import { wordsIn } from '../language.js';
import { type Session } from '../session.js';
import { speakLanguage } from '../usage.js';

type CommandOf = (session: Session, onDone: (code: ExitCode) => void) => Command;

/** Elasticsearch is loaded by the commands that need it. */
export const indexCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  const index = new Command('index')
    .description(words('Elasticsearch의 지식 색인을 만들고 바꿉니다 (ELASTICSEARCH_URL)', 'build and swap the knowledge index in Elasticsearch (ELASTICSEARCH_URL)'))
    .helpCommand('help [command]', words('명령의 도움말', 'help for a command'))
    .addHelpText('after', words(HELP.ko, HELP.en));
  for (const command of [buildCommand, checkCommand, swapCommand, rollbackCommand, listCommand]) index.addCommand(speakLanguage(command(session, onDone), session.language));
  return index;
};

const LINES = `
  ELASTICSEARCH_URL=http://localhost:9200 mathlabel index build --swap
  mathlabel index list
  mathlabel index rollback`;

const HELP = {
  ko: `
색인은 지금 쓰이는 것 옆에 만들어지고, 검사를 통과하면 한 번에 바뀝니다. 그동안 검색은 멈추지 않습니다.
검토에서 배운 것은 옮겨지며, 바로 전 색인은 되돌릴 수 있게 남습니다.

예:${LINES}

종료 코드: 0 다 됨 · 1 색인이 검사를 통과하지 못함(바꾸지 않음) · 2 사용법이 틀렸거나 서버를 쓸 수 없음 · 130 중단`,
  en: `
An index is built beside the live one, and takes its place in one step once it has passed the check. Searches go on meanwhile.
What reviews have taught is carried over, and the last index stays for a rollback.

Examples:${LINES}

Exit codes: 0 done · 1 the index did not pass the check (nothing swapped) · 2 wrong usage, or the server cannot be used · 130 interrupted`,
};

const buildCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  return new Command('build')
    .description(words('지금의 지식으로 새 색인을 만듭니다', 'build a new index of the present knowledge'))
    .addOption(new Option('--swap', words('검사를 통과하면 바로 바꿉니다', 'swap to it once it has passed the check')).default(false))
    .addOption(jsonOption(session))
    .action(async (options: { swap: boolean; json: boolean }) => onDone(await (await import('../index/build-index.js')).buildIndex(session, options)));
};

const checkCommand: CommandOf = (session, onDone) =>
  new Command('check')
    .description(wordsIn(session.language)('문서 수, 성취기준, 정답 문제로 잰 검색 품질, 낱말 분석을 검사합니다', 'check counts, standards, retrieval quality on the gold problems, and analysis'))
    .addArgument(nameArgument(session))
    .addOption(jsonOption(session))
    .action(async (name: string | undefined, options: { json: boolean }) => onDone(await (await import('../index/check-index.js')).checkIndex(session, name, options)));

const swapCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  return new Command('swap')
    .description(words('검사한 뒤 한 번에 바꿉니다', 'check, then swap in one step'))
    .addArgument(nameArgument(session))
    .addOption(new Option('--unchecked', words('검사하지 않습니다', 'do not check')).default(false))
    .action(async (name: string | undefined, options: { unchecked: boolean }) => onDone(await (await import('../index/swap-index.js')).swapIndex(session, name, options)));
};

const rollbackCommand: CommandOf = (session, onDone) =>
  new Command('rollback')
    .description(wordsIn(session.language)('바로 전에 쓰이던 색인으로 되돌립니다', 'go back to the index that was live before'))
    .action(async () => onDone(await (await import('../index/swap-index.js')).rollbackIndex(session)));

const listCommand: CommandOf = (session, onDone) =>
  new Command('list')
    .description(wordsIn(session.language)('모든 색인 (*: 지금 쓰이는 것)', 'all indexes (*: the live one)'))
    .addOption(jsonOption(session))
    .action(async (options: { json: boolean }) => onDone(await (await import('../index/list-indexes.js')).listIndexes(session, options)));

function nameArgument({ language }: Session): Argument {
  return new Argument('[name]', wordsIn(language)('색인; 없으면 가장 새것', 'the index; the newest without it'));
}

function jsonOption({ language }: Session): Option {
  return new Option('--json', wordsIn(language)('JSON으로', 'as JSON')).default(false);
}
