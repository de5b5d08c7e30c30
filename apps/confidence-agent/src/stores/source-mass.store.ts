import { type BandMass } from '@math-labeler/confidence';

/** How much each problem of a source speaks for each grade band. */
export abstract class SourceMassStore {
  /** Counts a problem of a source, once however often it is told; gives how many problems of the source are counted. */
  abstract count(source: string, problemId: string, mass: BandMass): Promise<number>;
  /** The masses of a source's first problems, in the order in which they were counted, at most `limit`. */
  abstract masses(source: string, limit: number): Promise<BandMass[]>;
}
