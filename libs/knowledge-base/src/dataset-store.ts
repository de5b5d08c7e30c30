import { type DatasetMove, type DatasetVersion } from './dataset-version.js';
import { type LabelledRow } from './labelled-row.js';

/**
 * Where rows and versions are kept. What is kept is seen by nobody until a move names it, and a move is one atomic step: an import is there wholly
 * or not at all. Rows and versions are never changed, so keeping the same once more does nothing.
 */
export abstract class DatasetStore {
  /** All moves, the first one first. */
  abstract history(): Promise<DatasetMove[]>;
  /** Appends the move if `from` is the present version (at first `shipped`); tells whether it was. */
  abstract move(move: DatasetMove): Promise<boolean>;
  abstract keepVersion(version: DatasetVersion): Promise<void>;
  abstract version(id: string): Promise<DatasetVersion | undefined>;
  abstract keepRows(delta: string, rows: readonly LabelledRow[]): Promise<void>;
  /** The rows of a delta by key, beginning behind `after`, at most `limit`. */
  abstract rows(delta: string, after: string, limit: number): Promise<LabelledRow[]>;
}
