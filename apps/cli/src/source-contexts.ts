import { setImmediate as breathe } from 'node:timers/promises';
import { type BandMass, formatSourceProfile, formatToldGrade, learnSourceProfile, type SourceCalibration, sourceIn, type SourceProfile, sourcePrior, type ToldGrade, toldGradeIn, toldGradePrior } from '@math-labeler/confidence';
import { type Curriculum } from '@math-labeler/curriculum';
import { seededRandom } from '@math-labeler/evaluation';
import { type Labeler, type LabelingContext } from '@math-labeler/labeler';
import { type Problem } from '@math-labeler/problem-files';

export interface ContextOptions {
  /** Told for all problems that do not tell their own. */
  readonly grade?: ToldGrade;
  /** Sources mix grades: nothing is learnt from a problem's neighbours in its source. */
  readonly mixed: boolean;
  readonly errorTarget: number;
}

/** Problems of one source that are looked at to learn its profile; more would change nothing. */
const SAMPLE = 1000;
/** All samples together, so that a file of very many sources stays in memory; later sources go without a profile. */
const ALL_SAMPLES = 20_000;

/** What is known of each problem beside its text: a told grade, or what its source teaches, and how sure the source's labels are. */
export class SourceContexts {
  private readonly samples = new Map<string, { seen: number; texts: string[] }>();
  private sampled = 0;
  private readonly profiles = new Map<string, { readonly profile: SourceProfile; readonly prior: Float32Array }>();
  private readonly calibrations = new Map<string | undefined, SourceCalibration>();
  private readonly toldPriors = new Map<string, Float32Array>();
  /** Seeded, so that the same file gives the same sample. */
  private readonly draw = seededRandom(1);

  constructor(
    private readonly labeler: Labeler,
    private readonly options: ContextOptions,
  ) {}

  /** Whether all problems must be seen before the first is labelled. */
  get looksAhead(): boolean {
    return !this.options.mixed && this.options.grade === undefined;
  }

  /** Remembers a problem as one of its source's, if it is drawn: reservoir sampling (Vitter, "Random sampling with a reservoir", 1985). */
  see(problem: Problem): void {
    if (toldGradeIn(problem.metadata) !== undefined) return;
    let sample = this.samples.get(problem.source);
    if (sample === undefined) {
      if (this.sampled >= ALL_SAMPLES) return;
      sample = { seen: 0, texts: [] };
      this.samples.set(problem.source, sample);
    }
    sample.seen++;
    if (sample.texts.length < SAMPLE && this.sampled < ALL_SAMPLES) {
      sample.texts.push(problem.text);
      this.sampled++;
      return;
    }
    const place = this.draw(sample.seen);
    if (place < sample.texts.length) sample.texts[place] = problem.text;
  }

  /** Learns each source's profile from the problems that were seen. Stops with the signal's reason; the event loop gets its turn, so that Ctrl-C is heard. */
  async learn(signal: AbortSignal): Promise<void> {
    const { standards } = this.labeler.curriculum;
    for (const [source, { texts }] of this.samples) {
      const masses: BandMass[] = [];
      for (const text of texts) {
        if (masses.length % 20 === 0) await breathe();
        signal.throwIfAborted();
        masses.push(this.labeler.bandMass(await this.labeler.read(text)));
      }
      const profile = learnSourceProfile(masses, standards);
      this.profiles.set(source, { profile, prior: sourcePrior(profile, standards) });
    }
    this.samples.clear();
  }

  /** From now on labels of the source are as sure as its reviewed problems showed; undefined stands for problems that name no source. */
  calibrate(source: string | undefined, calibration: SourceCalibration): void {
    this.calibrations.set(source, calibration);
  }

  contextOf(problem: Problem): LabelingContext {
    const base = { errorTarget: this.options.errorTarget, source: this.calibrations.get(sourceIn(problem.metadata)) };
    const told = toldGradeIn(problem.metadata) ?? this.options.grade;
    if (told !== undefined) return { ...base, context: this.toldPrior(told), note: { kind: 'told grade', value: formatToldGrade(told) } };
    const known = this.profiles.get(problem.source);
    if (known === undefined) return base;
    return { ...base, context: known.prior, note: { kind: 'source profile', value: formatSourceProfile(known.profile) } };
  }

  private toldPrior(told: ToldGrade): Float32Array {
    const key = formatToldGrade(told);
    let prior = this.toldPriors.get(key);
    if (prior === undefined) {
      prior = toldGradePrior(told, this.labeler.curriculum.standards);
      this.toldPriors.set(key, prior);
    }
    return prior;
  }
}

/** The grade that a problem itself tells. */
/** The circumstances of a single problem, of which only the grade may be told. */
export function toldContext({ standards }: Curriculum, { grade, errorTarget }: Pick<ContextOptions, 'grade' | 'errorTarget'>): LabelingContext {
  return grade === undefined ? { errorTarget } : { errorTarget, context: toldGradePrior(grade, standards), note: { kind: 'told grade', value: formatToldGrade(grade) } };
}
