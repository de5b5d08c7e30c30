import { type Collection } from './driver-types.js';

interface Counter {
  readonly _id: string;
  readonly last: number;
}

/** Numbers that several processes share, each given once; one that is not used leaves a gap. */
export class Counters {
  constructor(private readonly collection: () => Collection) {}

  /** Takes `count` numbers in a row; gives the first. */
  async take(name: string, count: number): Promise<number> {
    const kept = await this.collection().findOneAndUpdate({ _id: name as never }, { $inc: { last: count } }, { upsert: true, returnDocument: 'after' });
    return (kept as unknown as Counter).last - count + 1;
  }

  /** Lets a counter go on after the highest number that documents have, should it lie before that: it was lost, or its collection was restored without it. */
  async raise(name: string, documents: Collection, field: string): Promise<void> {
    const [highest] = await documents.find({}, { readConcern: { level: 'local' } }).sort({ [field]: -1 }).limit(1).project({ [field]: 1 }).toArray();
    if (highest !== undefined) await this.collection().updateOne({ _id: name as never }, { $max: { last: Number(highest[field]) } }, { upsert: true });
  }
}
