import { type ApiKeys, type Role } from '@math-labeler/service-kit';
import { Command, InvalidArgumentError, Option } from 'commander';
import { EXIT, type ExitCode } from '../exit-code.js';
import { LineOutput } from '../line-output.js';
import { wordsIn } from '../language.js';
import { dataDir } from '../paths.js';
import { type Session, tell } from '../session.js';
import { textTable } from '../text-table.js';
import { speakLanguage } from '../usage.js';

const ROLE_NAMES: readonly Role[] = ['submit', 'review', 'operate'];
const LONGEST_NAME = 100;

export function keysCommand(session: Session, onDone: (code: ExitCode) => void): Command {
  const words = wordsIn(session.language);
  const keys = new Command('keys')
    .description(words('서버의 API 키를 만들고 지웁니다 (DATA_DIR; 실행 중인 서버는 1초 안에 압니다)', 'make and remove API keys of the server (DATA_DIR; a running server knows within a second)'))
    .helpCommand('help [command]', words('명령의 도움말', 'help for a command'))
    .addHelpText(
      'after',
      words(
        `
예:
  mathlabel keys add 데이터팀 --role submit > key.txt
  mathlabel keys list
  mathlabel keys remove 데이터팀

역할: submit 문제를 보내고 결과를 봅니다 · review 그에 더해 검토합니다 · operate 모든 것`,
        `
Examples:
  mathlabel keys add data-team --role submit > key.txt
  mathlabel keys list
  mathlabel keys remove data-team

Roles: submit sends problems and sees results · review answers reviews as well · operate does everything`,
      ),
    );
  for (const command of [addCommand, listCommand, removeCommand]) keys.addCommand(speakLanguage(command(session, onDone), session.language));
  return keys;
}

type CommandOf = (session: Session, onDone: (code: ExitCode) => void) => Command;

const addCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  return new Command('add')
    .description(words('키를 만들어 표준 출력에 한 번 보여 줍니다', 'make a key and show it once, on standard output'))
    .argument('<name>', words('키의 이름 (검토자의 이름이 됩니다)', 'name of the key (a reviewer is known by it)'), readName(session))
    .addOption(new Option('--role <role>', words('할 수 있는 일', 'what it may do')).choices(ROLE_NAMES).makeOptionMandatory())
    .action(async (name: string, { role }: { role: Role }) => onDone(await add(session, name, role)));
};

const listCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  return new Command('list')
    .description(words('키의 이름과 역할 (키 자체는 아무도 볼 수 없습니다)', 'names and roles of the keys (nobody can see the keys themselves)'))
    .addOption(new Option('--json', words('한 줄에 JSON 하나씩', 'as JSON, one object a line')).default(false))
    .action(async ({ json }: { json: boolean }) => onDone(await list(session, json)));
};

const removeCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  return new Command('remove')
    .description(words('키를 지웁니다', 'remove a key'))
    .argument('<name>', words('키의 이름', 'name of the key'))
    .action(async (name: string) => onDone(await remove(session, name)));
};

async function add(session: Session, name: string, role: Role): Promise<ExitCode> {
  const key = (await openKeys(session)).add(name, role);
  await new LineOutput(session.stdout).write(key);
  tell(session, { ko: `키 ${name}을(를) 만들었습니다 (${role}). 다시 볼 수 없으니 안전한 곳에 두세요.`, en: `Key ${name} was made (${role}). It cannot be shown again: keep it safe.` });
  return EXIT.done;
}

async function list(session: Session, json: boolean): Promise<ExitCode> {
  const keys = (await openKeys(session)).list().map(({ name, role, createdAt }) => ({ name, role, createdAt }));
  const head = { ko: ['이름', '역할', '만든 때'], en: ['name', 'role', 'made'] }[session.language];
  const output = new LineOutput(session.stdout);
  for (const line of json ? keys.map((key) => JSON.stringify(key)) : textTable([head, ...keys.map(({ name, role, createdAt }) => [name, role, createdAt])])) await output.write(line);
  return EXIT.done;
}

async function remove(session: Session, name: string): Promise<ExitCode> {
  if ((await openKeys(session)).remove(name.normalize('NFC'))) {
    tell(session, { ko: `키 ${name}을(를) 지웠습니다.`, en: `Key ${name} was removed.` });
    return EXIT.done;
  }
  tell(session, { ko: `그런 키가 없습니다: ${name}`, en: `there is no such key: ${name}` });
  return EXIT.refused;
}

async function openKeys({ env }: Session): Promise<ApiKeys> {
  const { ApiKeys: Keys } = await import('@math-labeler/service-kit');
  return new Keys(dataDir(env));
}

function readName({ language }: Session): (value: string) => string {
  const words = wordsIn(language);
  return (value) => {
    const name = value.normalize('NFC').trim();
    if (name === '' || name.length > LONGEST_NAME || /\p{Cc}/u.test(name)) throw new InvalidArgumentError(words(`1자부터 ${LONGEST_NAME}자까지의 이름이어야 합니다`, `must be a name of 1 to ${LONGEST_NAME} characters`));
    return name;
  };
}
