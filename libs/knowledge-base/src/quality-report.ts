import { type InputError } from '@math-labeler/curriculum';
import { type ClassBalance } from './class-balance.js';
import { type Finding, type FindingKind, FINDINGS, type Severity } from './finding.js';

/** Of each kind of finding so many are kept as examples. */
const EXAMPLES = 5;

export interface FoundKind {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly count: number;
  /** The first few. */
  readonly examples: readonly InputError[];
}

/** What was found in the files of one import. */
export interface QualityReport {
  /** Rows that the files hold, readable or not. */
  readonly rows: number;
  /** Rows that are fit to come in. */
  readonly accepted: number;
  /** In the order of `FINDINGS`, those alone that were found. */
  readonly found: readonly FoundKind[];
  /** Texts so like thousands of others that not all of these were compared. */
  readonly notCompared: number;
  /** Of the knowledge base as it would be, shipped examples included. */
  readonly balance: ClassBalance;
}

/** Counts findings and keeps the first few of each kind; all of them go to `onFinding`. */
export class FindingTally {
  private readonly kinds = new Map<FindingKind, { count: number; readonly examples: InputError[] }>();

  constructor(private readonly onFinding: (finding: Finding) => void = () => {}) {}

  add(finding: Finding): void {
    const tally = this.kinds.get(finding.kind) ?? { count: 0, examples: [] };
    this.kinds.set(finding.kind, tally);
    tally.count++;
    if (tally.examples.length < EXAMPLES) tally.examples.push(finding.error);
    this.onFinding(finding);
  }

  get found(): FoundKind[] {
    return (Object.keys(FINDINGS) as FindingKind[]).flatMap((kind) => {
      const tally = this.kinds.get(kind);
      return tally === undefined ? [] : [{ kind, severity: FINDINGS[kind].severity, ...tally }];
    });
  }
}

export function countOf({ found }: Pick<QualityReport, 'found'>, severity: Severity): number {
  return found.reduce((sum, kind) => sum + (kind.severity === severity ? kind.count : 0), 0);
}
