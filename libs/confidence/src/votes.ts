/** What the voters say about one problem; arrays of standards are in curriculum order, of levels in the order of LEVELS. */
export interface Votes {
  /** Scores of the trained model. */
  readonly local: { readonly standards: Float32Array; readonly levels: Float32Array; readonly familiarity: number };
  /** Support of the most similar solved examples, 0 to 1, the best supported standard having 1; all 0 without any. */
  readonly neighbours: Float32Array;
  /** 1 where the operations, number types and units of the problem are those of the standard, else 0. */
  readonly checks: Float32Array;
}
