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
  /** How many problems must be counted for the next version. */
  readonly next: number;
}

/** More problems of a source would change nothing. */
const ENOUGH = 1000;
/** Profiles kept in memory; the others are read again when they are wanted. */
const SOURCES = 500;

/**
 * The grade bands of each source, learnt from the problems that came before. The version of a profile is how many problems it was learnt from
 * (`profile.problems`), and follows from how many are counted alone, so that neither a restart nor an event that comes twice changes it.
 */
export class SourceProfiles {
  private readonly kept = new Map<string, Promise<Kept>>();

  constructor(
    private readonly store: SourceMassStore,
    private readonly curriculum: Curriculum,
  ) {}

  /** Undefined for a source of which nothing is known yet. */
  async of(source: string): Promise<KnownSource | undefined> {
    const known = await this.known(source);
    return known.profile.problems === 0 ? undefined : known;
  }

  /** Counts a decided problem of the source, once however often it is told. */
  async count(source: string, problemId: string, mass: BandMass): Promise<void> {
    const { profile, next } = await this.known(source);
    if (profile.problems >= ENOUGH) return;
    if ((await this.store.count(source, problemId, mass)) >= next) this.kept.delete(source);
  }

  private known(source: string): Promise<Kept> {
    const kept = this.kept.get(source);
    if (kept !== undefined) return kept;
    if (this.kept.size >= SOURCES) this.kept.delete(this.kept.keys().next().value!);
    const learnt = this.learn(source);
    this.kept.set(source, learnt);
    learnt.catch(() => this.kept.delete(source));
    return learnt;
  }

  private async learn(source: string): Promise<Kept> {
    const { standards } = this.curriculum;
    const masses = await this.store.masses(source, ENOUGH);
    const version = versionAt(masses.length);
    const profile = learnSourceProfile(masses.slice(0, version), standards);
    return { profile, prior: sourcePrior(profile, standards), next: nextVersion(version) };
  }
}

/** The version that holds when so many problems are counted. */
function versionAt(counted: number): number {
  let version = 0;
  while (version < counted && nextVersion(version) <= counted) version = nextVersion(version);
  return version;
}

/** A profile is learnt again with each problem at first, then once they are a tenth more. */
function nextVersion(version: number): number {
  return Math.min(ENOUGH, version + Math.max(1, Math.floor(version / 10)));
}
