import { Command, InvalidArgumentError, Option } from 'commander';
import { type EstimateFilesOptions } from '../cost/estimate-files.js';
import { monthNamed } from '../cost/month.js';
import { type ShowOptions } from '../cost/show-cost.js';
import { type ExitCode } from '../exit-code.js';
import { type Language, wordsIn } from '../language.js';
import { type Session } from '../session.js';
import { speakLanguage } from '../usage.js';

type CommandOf = (session: Session, onDone: (code: ExitCode) => void) => Command;

/** A sentence of reason and a code, in tokens. */
const USUAL_ANSWER = 120;

export function costCommand(session: Session, onDone: (code: ExitCode) => void): Command {
  const words = wordsIn(session.language);
  const cost = new Command('cost')
    .description(words('언어 모델에 든 비용을 보고, 들 비용을 어림합니다', 'what the language model has cost, and what it would'))
    .helpCommand('help [command]', words('명령의 도움말', 'help for a command'))
    .addHelpText('after', words(HELP.ko, HELP.en));
  for (const command of [showCommand, estimateCommand]) cost.addCommand(speakLanguage(command(session, onDone), session.language));
  return cost;
}

const LINES = `
  mathlabel cost show --month 2026-11
  mathlabel cost estimate problems.jsonl --batch
  OPENAI_MODEL=gpt-6-luna mathlabel cost estimate problems.jsonl --json`;

const HELP = {
  ko: `
장부: MONGODB_URI가 있으면 MongoDB, 없으면 DATA_DIR의 SQLite (서버가 실행 중이어도 됩니다)
예산: LLM_BUDGET_DAY, LLM_BUDGET_MONTH (달러, UTC). 가격표: data/prices/llm-prices.json, 그보다 먼저 LLM_PRICES의 파일

예:${LINES}

종료 코드: 0 다 됨 · 1 일부 문제를 읽지 못함(estimate) · 2 사용법이 틀렸거나 읽을 것이 없음`,
  en: `
The ledger is in MongoDB where MONGODB_URI is set, else in SQLite in DATA_DIR (also while a server runs)
Budget: LLM_BUDGET_DAY, LLM_BUDGET_MONTH (dollars, UTC). Prices: data/prices/llm-prices.json, and before it the file of LLM_PRICES

Examples:${LINES}

Exit codes: 0 done · 1 some problems could not be read (estimate) · 2 wrong usage or nothing to read`,
};

const showCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  return new Command('show')
    .description(words('한 달에 든 비용을 날짜, 모델, 목적별로', 'the cost of a month by day, model and purpose'))
    .addOption(new Option('--month <month>', words('달 (2026-11); 없으면 이번 달', 'month (2026-11); this one without it')).argParser(monthNamed(session.language)))
    .addOption(jsonOption(session))
    .action(async (options: ShowOptions) => onDone(await (await import('../cost/show-cost.js')).showCost(session, options)));
};

const estimateCommand: CommandOf = (session, onDone) => {
  const words = wordsIn(session.language);
  return new Command('estimate')
    .description(words('이 문제들의 첫 판단에 들 비용을 어림합니다 (아무것도 묻지 않습니다)', 'estimate what the first looks at these problems would cost (nothing is asked)'))
    .argument('<file...>', words('문제 파일이나 폴더; -이면 표준 입력', 'problem files or folders; - for standard input'))
    .addOption(new Option('--batch', words('묶음 처리로 물을 때', 'asked through the batch endpoint')).default(false))
    .addOption(new Option('--model <name>', words('모델; 없으면 OPENAI_MODEL', 'model; OPENAI_MODEL without it')))
    .addOption(new Option('--output-tokens <count>', words('답 하나의 토큰 수', 'tokens of one answer')).default(USUAL_ANSWER).argParser(wholeNumber(session.language)))
    .addOption(jsonOption(session))
    .action(async (files: string[], options: EstimateFilesOptions) => {
      const { estimateFiles } = await import('../cost/estimate-files.js');
      const { questionsOf } = await import('../cost/questions-of.js');
      onDone(await estimateFiles(session, files, options, questionsOf));
    });
};

function wholeNumber(language: Language): (value: string) => number {
  return (value) => {
    if (!/^\d{1,6}$/.test(value)) throw new InvalidArgumentError(wordsIn(language)('0 이상의 정수여야 합니다', 'must be a whole number'));
    return Number(value);
  };
}

function jsonOption({ language }: Session): Option {
  return new Option('--json', wordsIn(language)('JSON으로', 'as JSON')).default(false);
}
