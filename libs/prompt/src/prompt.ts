/** What a model is asked, as a pure function of curriculum and problem made it. */
export interface Prompt {
  /** Of the words and the layout: changes by itself when either does. */
  readonly version: string;
  /** The same for all problems of one sheet. */
  readonly system: string;
  readonly user: string;
  /** Codes, by the numbers under which they may be answered: the first is 1. */
  readonly candidates: readonly string[];
  readonly schema: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> };
}
