import { type BandMass, learnSourceProfile, sourcePrior, type SourceProfile } from '@math-labeler/confidence';
import { type Curriculum } from '@math-labeler/curriculum';
import { type SourceMassStore } from './stores/source-mass.store.js';

/** What is known of a source when a label is decided. */
export interface KnownSource {
  readonly profile: SourceProfile;
  /** Log prior of each standard, in curriculum order. */
  readonly prior: Float32Array;
}

interface Kept extends KnownSource {
  /** The problems that were counted since; the profile is learnt again once they are a tenth more. */
  counted: number;
}

/** More problems of a source would change nothing. */
const ENOUGH = 1000;
/** Profiles kept in memory; the others are read again when they are wanted. */
const SOURCES = 500;

/**
 * The grade bands of each source, learnt from the problems that came before. The version of a profile is how many problems it was learnt
 * from (`profile.problems`).
 */
export class SourceProfiles {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly store: SourceMassStore,
    private readonly curriculum: Curriculum,
  ) {}

  /** Undefined for a source of which nothing is known yet. */
  async of(source: string): Promise<KnownSource | undefined> {
    const known = this.kept.get(source) ?? (await this.learn(source));
    return known.profile.problems === 0 ? undefined : known;
  }

  /** Counts a decided problem of the source, once however often it is told. */
  async count(source: string, problemId: string, mass: BandMass): Promise<void> {
    const known = this.kept.get(source);
    if (known !== undefined && known.profile.problems >= ENOUGH) return;
    await this.store.count(source, problemId, mass);
    const counted = known === undefined ? 1 : ++known.counted;
    if (known === undefined || counted >= known.profile.problems * 1.1) this.kept.delete(source);
  }

  private async learn(source: string): Promise<Kept> {
    const masses = await this.store.masses(source, ENOUGH);
    const profile = learnSourceProfile(masses, this.curriculum.standards);
    const learnt = { profile, prior: sourcePrior(profile, this.curriculum.standards), counted: masses.length };
    if (this.kept.size >= SOURCES) this.kept.delete(this.kept.keys().next().value!);
    this.kept.set(source, learnt);
    return learnt;
  }
}
