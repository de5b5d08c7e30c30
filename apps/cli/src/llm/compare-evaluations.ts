import { InputError } from '@math-labeler/curriculum';
import { compare, type Comparison } from '@math-labeler/evaluation';
import { EXIT, type ExitCode } from '../exit-code.js';
import { type Session, tell } from '../session.js';
import { textTable } from '../text-table.js';
import { type Outcome, readOutcomes } from './outcomes.js';

/** Compares two recorded evaluations on the problems that both have. */
export async function compareEvaluations(session: Session, [a, b]: readonly [string, string], json: boolean): Promise<ExitCode> {
  const [first, second] = await Promise.all([readOutcomes(a), readOutcomes(b)]);
  const ids = [...first.keys()].filter((id) => second.has(id));
  if (ids.length === 0) throw new InputError('CLI.NOTHING_IN_COMMON', { file: b }, undefined, { ko: `${a}와(과) 같은 문제가 없습니다`, en: `has no problem in common with ${a}` });
  const alone = [first.size - ids.length, second.size - ids.length];
  if (alone[0] + alone[1] > 0) tell(session, { ko: `한쪽에만 있는 문제 ${alone[0]}개와 ${alone[1]}개는 비교하지 않습니다.`, en: `${alone[0]} and ${alone[1]} problems that only one of them has are left out.` });
  const of = (isRight: (one: Outcome) => boolean): Comparison => compare(ids.map((id) => isRight(first.get(id)!)), ids.map((id) => isRight(second.get(id)!)));
  const report = { n: ids.length, standard: of(hasRightStandard), level: of(hasRightLevel), label: of((one) => hasRightStandard(one) && hasRightLevel(one)) };
  session.stdout.write(json ? `${JSON.stringify({ a, b, ...report }, null, 2)}\n` : `${render(session, [a, b], report)}\n`);
  return EXIT.done;
}

function render({ language }: Session, [a, b]: readonly [string, string], { n, ...parts }: { readonly n: number } & Readonly<Record<'standard' | 'level' | 'label', Comparison>>): string {
  const words = (ko: string, en: string): string => ({ ko, en })[language];
  const names = { standard: words('성취기준', 'standard'), level: words('성취수준', 'level'), label: words('성취기준·수준', 'standard and level') };
  const row = (name: string, { bothRight, onlyA, onlyB, difference, interval, pValue }: Comparison): string[] => [
    name,
    percent((bothRight + onlyA) / n),
    percent((bothRight + onlyB) / n),
    `${signed(difference)} [${interval === null ? '-' : interval.map(signed).join(', ')}]`,
    `${onlyA} / ${onlyB}`,
    pValue.toFixed(3),
  ];
  return [
    `A ${a}\nB ${b}\n${words('문제', 'problems')} ${n}`,
    ...textTable([
      ['', 'A', 'B', words('A − B, 95 % 구간 (%p)', 'A − B, 95 % interval (points)'), words('A만 / B만 맞음', 'only A / only B right'), 'p'],
      ...(['standard', 'level', 'label'] as const).map((name) => row(names[name], parts[name])),
    ]),
  ].join('\n');
}

function hasRightStandard({ gold, predicted }: Outcome): boolean {
  return gold.codes.includes(predicted.code);
}

function hasRightLevel({ gold, predicted }: Outcome): boolean {
  return gold.level === predicted.level;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function signed(share: number): string {
  return `${share > 0 ? '+' : ''}${(100 * share).toFixed(1)}`;
}
