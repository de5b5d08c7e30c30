import { type QualityReport } from './quality-report.js';

/** The version that comes with the product: number 0, and the root of all others. It is not copied into the store. */
export const SHIPPED = 'shipped';

export interface SourceFile {
  readonly name: string;
  /** Of its bytes, SHA-256, hexadecimal; undefined for a folder or a stream. */
  readonly sha256?: string;
}

/** What the report said, in numbers. */
export type FoundCounts = Readonly<Record<string, number>>;

/** The content of the knowledge base beside what is shipped, as one import has left it. */
export interface DatasetVersion {
  /** Of its content, whoever brought it in which order: 16 hexadecimal digits of SHA-256. */
  readonly id: string;
  /** The version that it was checked against and adds to. */
  readonly parent: string;
  /** Under what its own rows are kept: those that its parent does not have, or has under another label. */
  readonly delta: string;
  /** ISO 8601 */
  readonly at: string;
  readonly sources: readonly SourceFile[];
  /** Rows that are new. */
  readonly added: number;
  /** Rows whose label is new. */
  readonly relabelled: number;
  /** Rows in all. */
  readonly rows: number;
  readonly found: FoundCounts;
  /** Fingerprint of the shipped examples beside which it was checked. */
  readonly beside: string;
}

/** A step of the history: which version became the present one. */
export interface DatasetMove {
  readonly action: 'import' | 'rollback';
  readonly from: string;
  readonly to: string;
  /** ISO 8601 */
  readonly at: string;
}

/** How many findings of each kind there were. */
export function foundCounts({ found }: QualityReport): FoundCounts {
  return Object.fromEntries(found.map(({ kind, count }) => [kind, count]));
}
