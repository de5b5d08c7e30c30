import { bandMass, type BandMass, type Calibration, type Circumstances, firstLook, formatSourceProfile, formatToldGrade, judge, type Judgement, softmax, type ToldGrade, toldGradePrior, type Votes } from '@math-labeler/confidence';
import { type ContextNote, type Versions } from '@math-labeler/contracts';
import { type Curriculum } from '@math-labeler/curriculum';
import { type LlmCalibrations } from '@math-labeler/labeler';
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
    private readonly llmCalibrations: LlmCalibrations,
    private readonly errorTarget: number,
  ) {}

  /** @param versions of what voted: each language model is weighed as it was fitted */
  judge(votes: Votes, versions: Versions, { context }: Context): Judgement {
    return judge(votes, this.llmCalibrations.appliedTo(this.calibration, versions), { context, errorTarget: this.errorTarget });
  }

  /** How much a problem speaks for each grade band, by the votes alone. */
  bandMass(votes: Votes): BandMass {
    return bandMass(softmax(firstLook({ ...votes, llm: undefined }, this.calibration).logits), this.curriculum.standards);
  }

  /** A told grade is believed before what the source teaches. */
  contextOf(told: ToldGrade | undefined, source: KnownSource | undefined): Context {
    if (told !== undefined) return { context: this.toldPrior(told), note: { kind: 'told grade', value: formatToldGrade(told) } };
    if (source === undefined) return {};
    const { prior, profile } = source;
    return { context: prior, note: { kind: 'source profile', value: formatSourceProfile(profile), version: profile.problems } };
  }

  private toldPrior(told: ToldGrade): Float32Array {
    const key = formatToldGrade(told);
    const known = this.toldPriors.get(key) ?? toldGradePrior(told, this.curriculum.standards);
    this.toldPriors.set(key, known);
    return known;
  }
}
