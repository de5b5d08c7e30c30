import { type Relation } from './confusions.js';
import { type Evaluation } from './evaluate.js';
import { type Interval } from './proportion.js';
import { renderRiskCoverage } from './render-risk-coverage.js';
import { table } from './text-columns.js';

export type Language = 'ko' | 'en';

const words = {
  ko: {
    problems: '문제', value: '값', interval: '95 % 구간',
    standard: '성취기준', top5: '성취기준 5순위 안', macro: '성취기준별 평균', unit: '중분류', domain: '대분류', level: '성취수준', label: '하위 분류 (성취기준·수준)',
    ece: '신뢰도 오차 (ECE)', levelEce: '수준 신뢰도 오차 (ECE)', auroc: '신뢰도의 AUROC', accepted: '자동 확정 비율', acceptedError: '자동 확정 중 오류',
    curve: '확실한 것부터 확정할 때의 비율(가로)과 오류율(세로)', confusions: '자주 혼동한 성취기준', listed: '혼동 목록',
    sameUnit: '같은 중분류', sameDomain: '같은 대분류', otherDomain: '다른 대분류', empty: '평가할 문제가 없습니다.',
  },
  en: {
    problems: 'problems', value: 'value', interval: '95 % interval',
    standard: 'standard', top5: 'standard in first five', macro: 'mean over standards', unit: 'unit', domain: 'domain', level: 'level', label: 'standard and level',
    ece: 'calibration error (ECE)', levelEce: 'calibration error of level', auroc: 'AUROC of confidence', accepted: 'accepted', acceptedError: 'error of accepted',
    curve: 'Share accepted (across), surest first, and its error (up)', confusions: 'Standards most confused', listed: 'listed',
    sameUnit: 'same unit', sameDomain: 'same domain', otherDomain: 'other domain', empty: 'There are no problems to evaluate.',
  },
} satisfies Record<Language, Record<string, string> & Record<Relation, string>>;

const none = '-';

function percent(value: number | null): string {
  return value === null ? none : `${(100 * value).toFixed(1)} %`;
}

function percents(interval: Interval | null): string {
  return interval === null ? none : interval.map((end) => (100 * end).toFixed(1)).join(' – ');
}

function decimals(value: number | null): string {
  return value === null ? none : value.toFixed(3);
}

function decimalInterval(interval: Interval | null): string {
  return interval === null ? none : interval.map((end) => end.toFixed(3)).join(' – ');
}

function summary(evaluation: Evaluation, language: Language): string[] {
  const w = words[language];
  const { n, standard, unit, domain, level, label } = evaluation;
  const accepted = Math.round(n * (evaluation.coverageAt3 ?? 0));
  const share = (name: string, value: number | null, interval: Interval | null, of: number) => [name, percent(value), percents(interval), String(of)];
  const figure = (name: string, value: number | null, interval: Interval | null, of: number) => [name, decimals(value), decimalInterval(interval), String(of)];
  return table([
    ['', w.value, w.interval, w.problems],
    share(w.standard, standard.top1, standard.top1Interval, n),
    share(w.top5, standard.top5, standard.top5Interval, n),
    share(w.macro, standard.macro, standard.macroInterval, n),
    share(w.unit, unit.top1, unit.top1Interval, n),
    share(w.domain, domain.top1, domain.top1Interval, n),
    share(w.level, level.top1, level.top1Interval, level.n),
    share(w.label, label.top1, label.top1Interval, label.n),
    share(w.accepted, evaluation.coverageAt3, evaluation.coverageAt3Interval, n),
    share(w.acceptedError, evaluation.acceptedError, evaluation.acceptedErrorInterval, accepted),
    figure(w.ece, evaluation.ece, evaluation.eceInterval, n),
    figure(w.levelEce, level.ece, level.eceInterval, level.n),
    figure(w.auroc, evaluation.auroc, evaluation.aurocInterval, n),
  ]);
}

function confusionList({ confusions }: Evaluation, language: Language): string[] {
  const w = words[language];
  if (confusions.pairs.length === 0) return [];
  const split = (['sameUnit', 'sameDomain', 'otherDomain', 'listed'] as const).map((kind) => `${w[kind]} ${confusions[kind]}`);
  return [
    '',
    w.confusions,
    `  ${split.join(', ')}`,
    ...table(
      confusions.pairs.slice(0, 10).map(({ codes, errors, directions, relation, listed }) => [
        `  ${codes.join(' / ')}  ${w[relation]}${listed ? `, ${w.listed}` : ''}`,
        String(errors),
        `(${directions.join(' + ')})`,
      ]),
    ),
  ];
}

/** The evaluation as lines for a terminal of `width` columns (40 to 80 are used): summary, risk–coverage picture, confused pairs. */
export function renderEvaluation(evaluation: Evaluation, { language, width = 80 }: { language: Language; width?: number }): string {
  const w = words[language];
  if (evaluation.n === 0) return w.empty;
  return [
    ...summary(evaluation, language),
    '',
    w.curve,
    ...renderRiskCoverage(evaluation.riskCoverage, { width: Math.min(80, Math.max(40, width)) }),
    ...confusionList(evaluation, language),
  ].join('\n');
}
