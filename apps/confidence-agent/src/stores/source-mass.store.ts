import { type BandMass } from '@math-labeler/confidence';

/** How much each problem of a source speaks for each grade band. */
export abstract class SourceMassStore {
  /** Counts a problem of a source, once however often it is told. */
  abstract count(source: string, problemId: string, mass: BandMass): Promise<void>;
  /** The masses of a source's first problems, at most `limit`. */
  abstract masses(source: string, limit: number): Promise<BandMass[]>;
}
