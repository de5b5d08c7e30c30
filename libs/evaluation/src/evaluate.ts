import { type Resampling, bootstrapIntervals } from './bootstrap.js';
import { auroc, brierScore, calibrationError } from './calibration.js';
import { type Confusions, type Relation, countConfusions, relate } from './confusions.js';
import { type Branch, type Judged, hasRightStandard } from './judged.js';
import { type RankedOutcomes, macroAccuracy, rankOutcomes } from './outcomes.js';
import { type Interval, proportionOf } from './proportion.js';
import { type OperatingPoint, aurc, coverageAtError, riskCoverageCurve } from './risk-coverage.js';

/** Share right in first place, with its 95 % Wilson interval; null where nothing was counted. */
export interface Top1 {
  readonly top1: number | null;
  readonly top1Interval: Interval | null;
}

/** How honest a confidence is, with 95 % bootstrap intervals; null where it is not defined (nothing counted, or nothing wrong for AUROC). */
export interface ConfidenceQuality {
  readonly ece: number | null;
  readonly eceInterval: Interval | null;
  readonly brier: number | null;
  readonly brierInterval: Interval | null;
  readonly auroc: number | null;
  readonly aurocInterval: Interval | null;
}

/** One standard's problems, and how many of them were labelled right. */
export interface StandardResult extends Top1 {
  readonly code: string;
  readonly n: number;
  readonly right: number;
}

/**
 * The evaluation of a labelled set, as `mathlabel evaluate --json` prints it: every figure is a fraction and stands beside its own 95 %
 * interval. The confidence figures at the top are those of the standard.
 */
export interface Evaluation extends ConfidenceQuality {
  readonly n: number;
  readonly standard: Top1 & {
    readonly top5: number | null;
    readonly top5Interval: Interval | null;
    /** Mean over the standards that occur, each counting the same. */
    readonly macro: number | null;
    readonly macroInterval: Interval | null;
  };
  readonly unit: Top1;
  readonly domain: Top1;
  /** Over the problems whose level is known. */
  readonly level: Top1 & ConfidenceQuality & { readonly n: number };
  /** Standard and level both right, over the same problems as the level. */
  readonly label: Top1 & { readonly n: number };
  readonly aurc: number | null;
  readonly aurcInterval: Interval | null;
  /** Share accepted without asking a person, by the shipped threshold for 3 % error. */
  readonly coverageAt3: number | null;
  readonly coverageAt3Interval: Interval | null;
  /** Share wrong (standard) of those accepted. */
  readonly acceptedError: number | null;
  readonly acceptedErrorInterval: Interval | null;
  /** Largest share that could be accepted at an observed error, had the threshold been chosen on this very set. */
  readonly coverageAtError: readonly { readonly error: number; readonly coverage: number; readonly interval: Interval | null }[];
  readonly riskCoverage: readonly OperatingPoint[];
  /** The standards that occur, worst first. */
  readonly standards: readonly StandardResult[];
  readonly confusions: Confusions;
}

export interface EvaluationContext extends Resampling {
  readonly branchOf: (code: string) => Branch | undefined;
  readonly areConfusable?: (first: string, second: string) => boolean;
}

const errorTargets = [0.01, 0.02, 0.03, 0.05];

function top1(hits: readonly boolean[]): Top1 {
  const { value, interval } = proportionOf(hits);
  return { top1: value, top1Interval: interval };
}

function measured(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function confidenceQuality(outcomes: RankedOutcomes, [eceInterval, brierInterval, aurocInterval]: readonly (Interval | null)[]): ConfidenceQuality {
  return {
    ece: measured(calibrationError(outcomes)),
    eceInterval,
    brier: measured(brierScore(outcomes)),
    brierInterval,
    auroc: measured(auroc(outcomes)),
    aurocInterval,
  };
}

/** Results by main standard, worst first; among equals the one with more problems first. */
function byStandard(judged: readonly Judged[]): StandardResult[] {
  const hits = new Map<string, boolean[]>();
  for (const item of judged) {
    const code = item.gold.codes[0];
    hits.set(code, [...(hits.get(code) ?? []), hasRightStandard(item)]);
  }
  return [...hits]
    .map(([code, own]) => ({ code, n: own.length, right: own.filter(Boolean).length, ...top1(own) }))
    .sort((a, b) => a.right / a.n - b.right / b.n || b.n - a.n || (a.code < b.code ? -1 : 1));
}

/** Evaluates labels against the right answers. Deterministic: the order of the problems and the machine do not matter. */
export function evaluate(judged: readonly Judged[], { branchOf, areConfusable = () => false, ...resampling }: EvaluationContext): Evaluation {
  const standardRight = judged.map(hasRightStandard);
  const isNear = ({ gold, predicted }: Judged, relations: readonly Relation[]) =>
    gold.codes.some((code) => relations.includes(relate(branchOf(code), branchOf(predicted.code))));
  const standards = byStandard(judged);
  const tally = {
    size: Int32Array.from(standards, ({ n }) => n),
    right: Int32Array.from(standards, ({ right }) => right),
  };
  const [macroInterval] = bootstrapIntervals(tally, [macroAccuracy], resampling);

  const ranked = rankOutcomes(judged.map(({ confidence }) => confidence), standardRight);
  const quality = [calibrationError, brierScore, auroc];
  const coverages = errorTargets.map((target) => (outcomes: RankedOutcomes) => coverageAtError(outcomes, target));
  const intervals = bootstrapIntervals(ranked, [...quality, aurc, ...coverages], resampling);

  const levelled = judged.filter(({ gold }) => gold.level !== undefined);
  const isLevelRight = ({ gold, predicted }: Judged) => gold.level === predicted.level;
  const levelSure = levelled.filter(({ levelConfidence }) => levelConfidence !== undefined);
  const rankedLevels = rankOutcomes(levelSure.map(({ levelConfidence = 0 }) => levelConfidence), levelSure.map(isLevelRight));

  const top5 = proportionOf(judged.map(({ gold, ranked: codes }) => codes.slice(0, 5).some((code) => gold.codes.includes(code))));
  const accepted = proportionOf(judged.map((item) => item.accepted));
  const acceptedWrong = proportionOf(judged.filter((item) => item.accepted).map((item) => !hasRightStandard(item)));
  return {
    n: judged.length,
    standard: { ...top1(standardRight), top5: top5.value, top5Interval: top5.interval, macro: measured(macroAccuracy(tally)), macroInterval },
    unit: top1(judged.map((item) => isNear(item, ['sameUnit']))),
    domain: top1(judged.map((item) => isNear(item, ['sameUnit', 'sameDomain']))),
    level: { n: levelled.length, ...top1(levelled.map(isLevelRight)), ...confidenceQuality(rankedLevels, bootstrapIntervals(rankedLevels, quality, resampling)) },
    label: { n: levelled.length, ...top1(levelled.map((item) => hasRightStandard(item) && isLevelRight(item))) },
    ...confidenceQuality(ranked, intervals),
    aurc: measured(aurc(ranked)),
    aurcInterval: intervals[quality.length],
    coverageAt3: accepted.value,
    coverageAt3Interval: accepted.interval,
    acceptedError: acceptedWrong.value,
    acceptedErrorInterval: acceptedWrong.interval,
    coverageAtError: errorTargets.map((error, i) => ({
      error,
      coverage: judged.length === 0 ? 0 : coverageAtError(ranked, error),
      interval: intervals[quality.length + 1 + i],
    })),
    riskCoverage: riskCoverageCurve(ranked),
    standards,
    confusions: countConfusions(judged, branchOf, areConfusable),
  };
}
