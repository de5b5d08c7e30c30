import { type Bilingual, type Category, type Level } from '@math-labeler/curriculum';

/** The label of one problem, with how it came about: one line of output. */
export interface LabelResult {
  readonly id: string;
  readonly content: string;
  readonly category: Category;
  readonly code: string;
  readonly level: Level;
  /** Probability that the standard is right. */
  readonly confidence: number;
  /** Probability that the level is right. */
  readonly levelConfidence: number;
  /** Accepted at the error target, or for a person to review. */
  readonly decision: 'accepted' | 'review';
  /** What settled it. */
  readonly decidedBy: 'votes' | 'second look';
  /** Why, in the words of a curriculum expert. */
  readonly reasons: readonly Bilingual[];
  /** The next best standards. */
  readonly alternatives: readonly Alternative[];
  readonly evidence: { readonly standards: readonly StandardEvidence[]; readonly examples: readonly ExampleEvidence[] };
  /** What was known of the problem's grade, and whether it changed the label. */
  readonly context?: ContextNote;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly versions: Versions;
}

export interface Alternative {
  readonly code: string;
  readonly probability: number;
}

export interface StandardEvidence {
  readonly code: string;
  readonly statement: string;
  readonly score: number;
}

export interface ExampleEvidence {
  readonly id: string;
  readonly code: string;
  readonly level: Level;
  readonly text: string;
  readonly score: number;
}

export interface ContextNote {
  readonly kind: 'told grade' | 'source profile';
  /** The grade as it was told, or the shares of the grade bands in the source. */
  readonly value: string;
  /** The standard it would have been without the context, where that differs. */
  readonly without?: string;
}

/** Everything that made a label, so that one query finds all labels of a withdrawn model. */
export interface Versions {
  /** Of the program. */
  readonly mathlabel: string;
  readonly taxonomy: string;
  readonly dataset: string;
  /** Of the local model and the calibration that was fitted with it. */
  readonly model: string;
}
