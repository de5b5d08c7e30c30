import { Command, Option } from 'commander';
import { type Curriculum, DOMAINS, LEVELS, parseStandardLevel, type Standard } from '@math-labeler/curriculum';
import { readKnowledge } from '@math-labeler/labeler';
import { colours } from '../colours.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { wordsIn } from '../language.js';
import { type Session, tell } from '../session.js';

export function curriculumCommand(session: Session, onDone: (code: ExitCode) => void): Command {
  const words = wordsIn(session.language);
  return new Command('curriculum')
    .description(words('성취기준을 보거나 찾습니다', 'show or find standards'))
    .argument('[query]', words('코드(2수01-01)나 낱말(약수)', 'a code (2수01-01) or a word (약수)'))
    .addOption(new Option('--json', words('JSON으로', 'as JSON')).default(false))
    .addHelpText('after', words('\n예:\n  mathlabel curriculum 4수01-05\n  mathlabel curriculum 분수', '\nExamples:\n  mathlabel curriculum 4수01-05\n  mathlabel curriculum 분수'))
    .action(async (query: string | undefined, { json }: { json: boolean }) => onDone(await show(session, query, json)));
}

async function show(session: Session, query: string | undefined, json: boolean): Promise<ExitCode> {
  const { curriculum } = await readKnowledge();
  const found = find(curriculum, query);
  if (found.length === 0) {
    tell(session, { ko: `찾을 수 없습니다: ${query}`, en: `nothing found: ${query}` });
    return EXIT.refused;
  }
  if (json) session.stdout.write(`${JSON.stringify(found.length === 1 ? detail(curriculum, found[0]) : found, null, 2)}\n`);
  else if (found.length === 1) session.stdout.write(page(session, curriculum, found[0]));
  else for (const { code, unit, statement } of found) session.stdout.write(`${colours.bold(code)}  ${colours.dim(unit)}  ${statement}\n`);
  return EXIT.done;
}

/** One standard by its code, or all that have the word in their code, unit, domain or statement. */
function find({ standards, byCode }: Curriculum, query: string | undefined): readonly Standard[] {
  if (query === undefined) return standards;
  const word = query.normalize('NFC').trim();
  const exact = byCode.get(parseStandardLevel(word)?.code ?? '');
  if (exact !== undefined) return [exact];
  return standards.filter(({ code, domain, unit, statement }) => [code, domain, unit, statement].some((part) => part.includes(word)));
}

function detail(curriculum: Curriculum, standard: Standard) {
  const { code } = standard;
  return {
    ...standard,
    prerequisites: curriculum.prerequisites.filter(({ to }) => to === code).map(({ from, tier }) => ({ code: from, tier })),
    leadsTo: curriculum.prerequisites.filter(({ from }) => from === code).map(({ to, tier }) => ({ code: to, tier })),
    confusable: curriculum.standards.flatMap((other) => (other.code === code ? [] : curriculum.confusableRules([code, other.code]).map(({ rule }) => ({ code: other.code, rule })))),
    levels: curriculum.levels,
  };
}

function page({ language }: Session, curriculum: Curriculum, standard: Standard): string {
  const { prerequisites, leadsTo, confusable } = detail(curriculum, standard);
  const title = (ko: string, en: string): string => colours.dim({ ko, en }[language]);
  const named = (code: string): string => `  ${code}  ${curriculum.byCode.get(code)!.statement}`;
  const section = (heading: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : [heading, ...lines]);
  const domain = language === 'ko' ? standard.domain : `${standard.domain} (${DOMAINS[standard.domain]})`;
  return `${[
    `${colours.bold(standard.code)}  ${domain} › ${standard.unit}  ${colours.dim(standard.semesters.join(', '))}`,
    standard.statement,
    ...section(title('성취수준', 'Levels'), LEVELS.map((level) => `  ${level}  ${curriculum.levels[level][language]}`)),
    ...section(title('먼저 배울 것', 'To be mastered first'), prerequisites.map(({ code }) => named(code))),
    ...section(title('이어서 배울 것', 'Leads to'), leadsTo.map(({ code }) => named(code))),
    ...section(title('헷갈리기 쉬운 것', 'Easily confused'), [...new Set(confusable.map(({ code, rule }) => `  ${code}  ${rule[language]}`))]),
  ].join('\n')}\n`;
}
