import { DOMAINS, type Domain, LEVELS } from '@math-labeler/curriculum';
import { type ClassBalance, type LevelCounts } from '@math-labeler/knowledge-base';
import { type Language } from '../language.js';
import { textTable } from '../text-table.js';

const WIDTH = 30;
/** One sign a level, so that the picture says the same without colours. */
const SIGNS = { A: '█', B: '▓', C: '░' } as const;
const SHOWN = 12;

/** Bars of the domains, and what is scarce: a look at whether every class can be learnt. */
export function domainPicture({ domains, empty, rare, total }: ClassBalance, language: Language): string[] {
  const title = { ko: `분류의 균형 (모두 ${total}개; █ A  ▓ B  ░ C)`, en: `Class balance (${total} in all; █ A  ▓ B  ░ C)` }[language];
  return [
    title,
    ...barLines(domains.map(({ domain, ...counts }) => ({ name: nameOf(domain, language), ...counts }))),
    ...shortList({ ko: '문제가 없는 성취기준', en: 'Standards without problems' }[language], empty),
    ...shortList({ ko: '문제가 3개보다 적은 성취기준과 수준', en: 'Standards and levels with fewer than 3 problems' }[language], rare),
  ];
}

/** A bar for each standard. */
export function standardPicture({ standards }: ClassBalance): string[] {
  return barLines(standards.map(({ code, ...counts }) => ({ name: code, ...counts })));
}

function barLines(rows: readonly { readonly name: string; readonly total: number; readonly levels: LevelCounts }[]): string[] {
  const most = Math.max(1, ...rows.map(({ total }) => total));
  return textTable([['', '', 'A', 'B', 'C', ''], ...rows.map(({ name, total, levels }) => [name, total, levels.A, levels.B, levels.C, bar(levels, most)])]).slice(1).map((line) => `  ${line}`);
}

/** Each level that there is has at least one sign. */
function bar(levels: LevelCounts, most: number): string {
  return LEVELS.map((level) => SIGNS[level].repeat(levels[level] === 0 ? 0 : Math.max(1, Math.round((WIDTH * levels[level]) / most)))).join('');
}

function shortList(title: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [`${title}: ${names.length} (${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ', …' : ''})`];
}

function nameOf(domain: Domain, language: Language): string {
  return language === 'ko' ? domain : `${domain} (${DOMAINS[domain]})`;
}
