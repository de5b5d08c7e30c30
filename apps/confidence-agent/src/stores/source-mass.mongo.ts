import { type BandMass } from '@math-labeler/confidence';
import { type MongoCollection, MongoSequence, type MongoStore, type Placed, SEQUENCE_FIELDS, SEQUENCE_INDEXES } from '@math-labeler/storage';
import { SourceMassStore } from './source-mass.store.js';

/** The list is the source. */
interface Fields extends Placed {
  readonly mass: BandMass;
}

export const CONFIDENCE_SOURCE_MASSES: MongoCollection<Fields> = {
  name: 'confidence_source_masses',
  fields: { ...SEQUENCE_FIELDS, mass: { type: [Number], required: true } },
  indexes: SEQUENCE_INDEXES,
};

export class MongoSourceMassStore extends SourceMassStore {
  private readonly sources: MongoSequence<Fields>;

  constructor(store: MongoStore) {
    super();
    this.sources = new MongoSequence(store.table(CONFIDENCE_SOURCE_MASSES));
  }

  async count(source: string, problemId: string, mass: BandMass): Promise<number> {
    return (await this.sources.append(source, problemId, { mass })).length;
  }

  async masses(source: string, limit: number): Promise<BandMass[]> {
    return (await this.sources.upTo(source, limit)).map(({ mass: [low, middle, high] }) => [low, middle, high]);
  }
}
