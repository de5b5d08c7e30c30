import { TransientError } from '@math-labeler/contracts';
import { InputError } from '@math-labeler/curriculum';
import { type AnyCollection, type MongoStore, openMongoStore } from '@math-labeler/storage';
import { Command, Option } from 'commander';
import { EXIT, type ExitCode } from '../exit-code.js';
import { wordsIn } from '../language.js';
import { LineOutput } from '../line-output.js';
import { type Session, tell } from '../session.js';
import { textTable } from '../text-table.js';
import { speakLanguage } from '../usage.js';

type CommandOf = (session: Session, onDone: (code: ExitCode) => void) => Command;

/** The services, whose collections these are, are loaded by the commands that need them. */
export const dbCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  const db = new Command('db')
    .description(words('MongoDB의 컬렉션과 인덱스를 만들고 봅니다 (MONGODB_URI)', 'make and show the collections and indexes in MongoDB (MONGODB_URI)'))
    .helpCommand('help [command]', words('명령의 도움말', 'help for a command'))
    .addHelpText(
      'after',
      words(
        `
예:
  MONGODB_URI='mongodb://localhost/mathlabeler?replicaSet=rs0' mathlabel db migrate
  mathlabel db status --json

종료 코드: 0 다 됨 · 1 db migrate가 할 것이 남아 있음(status) · 2 사용법이 틀렸거나 서버를 쓸 수 없음`,
        `
Examples:
  MONGODB_URI='mongodb://localhost/mathlabeler?replicaSet=rs0' mathlabel db migrate
  mathlabel db status --json

Exit codes: 0 done · 1 there is something left for db migrate (status) · 2 wrong usage, or the server cannot be used`,
      ),
    );
  for (const command of [migrateCommand, statusCommand]) db.addCommand(speakLanguage(command(session, onDone), session.language));
  return db;
};

const migrateCommand: CommandOf = (session, onDone) =>
  new Command('migrate')
    .description(
      wordsIn(session.language)(
        '빠진 컬렉션, 검사 규칙, 인덱스를 만듭니다 (배포할 때마다; 두 번 해도 같고, 아무것도 지우지 않습니다)',
        'make the collections, validators and indexes that are missing (at every deploy; twice is the same as once, and nothing is removed)',
      ),
    )
    .action(async () => onDone(await migrate(session)));

const statusCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  return new Command('status')
    .description(words('무엇이 적용되었고 무엇이 빠졌는지', 'what was applied, and what is missing'))
    .addOption(new Option('--json', words('JSON으로', 'as JSON')).default(false))
    .action(async (options: { json: boolean }) => onDone(await status(session, options)));
};

async function migrate(session: Session): Promise<ExitCode> {
  const done = await withStore(session, (store, collections) => store.migrate(collections));
  const output = new LineOutput(session.stdout);
  for (const { collection, what } of done) await output.write(`${collection}: ${what}`);
  if (done.length === 0) tell(session, { ko: '이미 모두 되어 있습니다.', en: 'Everything was there already.' });
  else tell(session, { ko: `${done.length}가지를 했습니다.`, en: `${done.length} done.` });
  return EXIT.done;
}

async function status(session: Session, { json }: { readonly json: boolean }): Promise<ExitCode> {
  const words = wordsIn(session.language);
  const { applied, missing } = await withStore(session, (store, collections) => store.status(collections));
  const head = [words('컬렉션', 'collection'), words('상태', 'state'), words('때', 'at')];
  const rows = [
    ...applied.map(({ name, hash, at }) => [name, `${words('적용됨', 'applied')} ${hash.slice(0, 12)}`, at]),
    ...missing.map(({ collection, what }) => [collection, `${words('빠짐', 'missing')} ${what}`, '']),
  ];
  const output = new LineOutput(session.stdout);
  for (const line of json ? [JSON.stringify({ applied, missing })] : textTable([head, ...rows])) await output.write(line);
  if (missing.length === 0) return EXIT.done;
  tell(session, { ko: '빠진 것이 있습니다: mathlabel db migrate를 실행하세요.', en: 'Something is missing: run mathlabel db migrate.' });
  return EXIT.someFailed;
}

/** Does some work with the store of MONGODB_URI; what the server cannot do just now is an InputError. */
async function withStore<Result>({ env, signal }: Session, work: (store: MongoStore, collections: readonly AnyCollection[]) => Promise<Result>): Promise<Result> {
  const { readSettings } = await import('@math-labeler/service-kit');
  const { mongodbUri } = readSettings(env);
  if (mongodbUri === undefined) throw new InputError('CLI.NO_MONGODB', { file: 'environment' }, 'MONGODB_URI', { ko: 'MONGODB_URI가 필요합니다. 없으면 저장소는 SQLite이고, 스스로 준비합니다', en: 'MONGODB_URI is needed; without it the stores are in SQLite and get ready by themselves' });
  // An index over much data takes as long as it takes.
  const store = await openMongoStore(mongodbUri, { appName: 'mathlabel db', answerMs: 0 });
  try {
    const { ALL_COLLECTIONS: collections } = await import('@math-labeler/standalone');
    signal.throwIfAborted();
    return await work(store, collections);
  } catch (error) {
    if (!(error instanceof TransientError)) throw error;
    throw new InputError('CLI.MONGODB_AWAY', { file: 'MongoDB' }, undefined, { ko: `지금은 쓸 수 없습니다 (${error.message})`, en: `cannot be used just now (${error.message})` }, { cause: error });
  } finally {
    await store.close();
  }
}
