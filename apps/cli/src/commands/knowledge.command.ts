import { Command, Option } from 'commander';
import { type ExitCode } from '../exit-code.js';
import { type ImportOptions } from '../knowledge/import-files.js';
import { wordsIn } from '../language.js';
import { type Session } from '../session.js';
import { speakLanguage } from '../usage.js';

type CommandOf = (session: Session, onDone: (code: ExitCode) => void) => Command;

/** The stores are loaded by the commands that need them. */
export const knowledgeCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  const knowledge = new Command('knowledge')
    .description(words('라벨이 붙은 문제를 지식 베이스에 가져오고 버전을 다룹니다', 'import labelled problems into the knowledge base, and its versions'))
    .helpCommand('help [command]', words('명령의 도움말', 'help for a command'))
    .addHelpText('after', words(HELP.ko, HELP.en));
  for (const command of [importCommand, versionsCommand, showCommand, diffCommand, rollbackCommand, exportCommand]) {
    knowledge.addCommand(speakLanguage(command(session, onDone), session.language));
  }
  return knowledge;
};

const LINES = `
  mathlabel knowledge import problems.json --dry-run
  mathlabel knowledge import problems.csv more.jsonl
  mathlabel knowledge versions
  mathlabel knowledge diff 1 2
  mathlabel knowledge rollback 1
  mathlabel knowledge export --out imported.jsonl`;

const ROW = '{"id":"1","content":"…","category":{"대분류":"수와 연산","중분류":"네 자리 이하의 수","하위 분류":"[2수01-01-A]"}}';

const HELP = {
  ko: `
파일: JSON, NDJSON, CSV, 엑셀. 한 문제는 ${ROW}
저장소: MONGODB_URI가 있으면 MongoDB, 없으면 DATA_DIR의 SQLite (서버가 실행 중이어도 됩니다)
버전: 번호, id의 앞 네 글자 이상, present(지금), 0 또는 shipped(제품에 든 것)

예:${LINES}

종료 코드: 0 다 됨 · 1 오류가 있는 문제를 빼고 가져옴 · 2 아무것도 바꾸지 않음(오류, 틀린 사용법) · 130 중단(아무것도 바꾸지 않음)`,
  en: `
Files: JSON, NDJSON, CSV, Excel. A problem is ${ROW}
Stored in MongoDB where MONGODB_URI is set, else in SQLite in DATA_DIR (also while a server runs)
A version is a number, at least four digits of an id, present, or 0 or shipped (as it comes with the product)

Examples:${LINES}

Exit codes: 0 done · 1 imported without the faulty ones · 2 nothing was changed (errors, wrong usage) · 130 interrupted (nothing was changed)`,
};

const importCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  return new Command('import')
    .description(words('문제를 검사하고 모두 한 버전으로 가져옵니다 (하나라도 오류가 있으면 아무것도 가져오지 않습니다)', 'check problems and import all of them as one version (a single error, and nothing is imported)'))
    .argument('<files...>', words('파일이나 폴더; -이면 표준 입력', 'files or folders; - for standard input'))
    .addOption(new Option('--dry-run', words('검사만 합니다', 'check only')).default(false))
    .addOption(new Option('--strict', words('주의가 있어도 가져오지 않습니다', 'import nothing where there are warnings, too')).default(false))
    .addOption(new Option('--replace', words('이미 있는 문제의 라벨이 다르면 파일의 것으로 바꿉니다', 'where a known problem has another label, the file’s takes its place')).default(false))
    .addOption(new Option('--skip-faulty', words('오류가 있는 문제는 빼고 가져옵니다', 'leave faulty problems out')).default(false))
    .addOption(new Option('--errors <file>', words('찾은 것을 모두 이 파일에 씁니다 (.jsonl .csv .xlsx)', 'write everything found to this file (.jsonl .csv .xlsx)')))
    .addOption(jsonOption(session))
    .action(async (files: string[], options: ImportOptions) => onDone(await (await import('../knowledge/import-files.js')).importFiles(session, files, options)));
};

const versionsCommand: CommandOf = (session, onDone) =>
  new Command('versions')
    .description(wordsIn(session.language)('모든 버전 (*: 지금)', 'all versions (*: the present one)'))
    .addOption(jsonOption(session))
    .action(async (options: { json: boolean }) => onDone(await (await versions()).listVersions(session, options)));

const showCommand: CommandOf = (session, onDone) =>
  new Command('show')
    .description(wordsIn(session.language)('한 버전과 성취기준마다의 문제 수', 'one version, and how many problems each standard has'))
    .argument('[version]', wordsIn(session.language)('버전', 'version'), 'present')
    .addOption(jsonOption(session))
    .action(async (version: string, options: { json: boolean }) => onDone(await (await versions()).showVersion(session, version, options)));

const diffCommand: CommandOf = (session, onDone) =>
  new Command('diff')
    .description(wordsIn(session.language)('두 버전이 어떻게 다른지 (+ 추가, - 삭제, ~ 라벨 바꿈)', 'what two versions differ in (+ added, - removed, ~ labelled anew)'))
    .argument('<from>', wordsIn(session.language)('버전', 'version'))
    .argument('<to>', wordsIn(session.language)('버전', 'version'))
    .addOption(jsonOption(session))
    .action(async (from: string, to: string, options: { json: boolean }) => onDone(await (await versions()).diffVersions(session, from, to, options)));

const rollbackCommand: CommandOf = (session, onDone) =>
  new Command('rollback')
    .description(wordsIn(session.language)('예전 버전으로 돌아갑니다 (버전은 지워지지 않습니다)', 'go back to an earlier version (no version is lost)'))
    .argument('<version>', wordsIn(session.language)('버전', 'version'))
    .action(async (version: string) => onDone(await (await versions()).rollbackTo(session, version)));

const exportCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  return new Command('export')
    .description(words('한 버전의 가져온 문제를 import가 읽는 형식으로 씁니다', 'write the imported problems of a version in the form that import reads'))
    .argument('[version]', words('버전', 'version'), 'present')
    .addOption(new Option('--out <file>', words('파일 (.jsonl .json .csv .xlsx); 없으면 표준 출력에 NDJSON', 'file (.jsonl .json .csv .xlsx); NDJSON on standard output without it')))
    .addOption(new Option('--all', words('제품에 든 문제도 함께', 'with the shipped problems')).default(false))
    .action(async (version: string, options: { out?: string; all: boolean }) => onDone(await (await versions()).exportVersion(session, version, options)));
};

const versions = () => import('../knowledge/show-versions.js');

function jsonOption({ language }: Session): Option {
  return new Option('--json', wordsIn(language)('JSON으로', 'as JSON')).default(false);
}
