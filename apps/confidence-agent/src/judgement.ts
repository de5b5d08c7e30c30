import { bandMass, type BandMass, type Calibration, type Circumstances, firstLook, judge, type Judgement, readToldGrade, softmax, type ToldGrade, toldGradePrior, type Votes } from '@math-labeler/confidence';
import { type ContextNote, type Problem } from '@math-labeler/contracts';
import { type Curriculum, GRADE_BANDS } from '@math-labeler/curriculum';
import { type KnownSource } from './source-profiles.js';

/** What is known beside a problem's text, and how the label tells of it. */
export interface Context extends Pick<Circumstances, 'context'> {
  readonly note?: Omit<ContextNote, 'without'>;
}

/** Turns votes into a decision. */
export class Judge {
  private readonly toldPriors = new Map<string, Float32Array>();

  constructor(
    readonly curriculum: Curriculum,
    private readonly calibration: Calibration,
    private readonly errorTarget: number,
  ) {}

  judge(votes: Votes, { context }: Context): Judgement {
    return judge(votes, this.calibration, { context, errorTarget: this.errorTarget });
  }

  /** How much a problem speaks for each grade band, by the votes alone. */
  bandMass(votes: Votes): BandMass {
    return bandMass(softmax(firstLook(votes, this.calibration).logits), this.curriculum.standards);
  }

  /** A told grade is believed before what the source teaches. */
  contextOf(told: ToldGrade | undefined, source: KnownSource | undefined): Context {
    if (told !== undefined) return { context: this.toldPrior(told), note: { kind: 'told grade', value: formatGrade(told) } };
    if (source === undefined) return {};
    const { prior, profile } = source;
    return { context: prior, note: { kind: 'source profile', value: GRADE_BANDS.map((band, i) => `${band}: ${profile.bands[i].toFixed(2)}`).join(', '), version: profile.problems } };
  }

  private toldPrior(told: ToldGrade): Float32Array {
    const key = formatGrade(told);
    const known = this.toldPriors.get(key) ?? toldGradePrior(told, this.curriculum.standards);
    this.toldPriors.set(key, known);
    return known;
  }
}

export function toldGradeOf({ metadata }: Problem): ToldGrade | undefined {
  return metadata === undefined ? undefined : readToldGrade(metadata['grade'], metadata['semester']);
}

/** The source that a problem itself names. */
export function sourceOf({ metadata }: Problem): string | undefined {
  const source = metadata?.['source'];
  return typeof source === 'string' && source.trim() !== '' ? source : undefined;
}

function formatGrade({ band, year, semester }: ToldGrade): string {
  if (year === undefined) return `${band}학년군`;
  return semester === undefined ? `${year}학년` : `${year}-${semester}`;
}
