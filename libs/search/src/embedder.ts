/** What a text is to be compared as: models that were trained on questions and answers embed the two differently. */
export type EmbeddedAs = 'query' | 'passage';

/** Turns texts into vectors that lie near one another where the texts mean something alike. */
export interface Embedder {
  /** Of the model and of how it is asked: only vectors of one name are compared. */
  readonly name: string;
  /** Numbers in a vector, where that is known beforehand. */
  readonly dimensions?: number;
  /**
   * One vector of unit length for each text, in their order; a blank text is a RangeError. Rejects with TransientError for what may pass, with
   * PermanentError for what will not, and with the signal's reason.
   */
  embed(texts: readonly string[], as: EmbeddedAs, signal?: AbortSignal): Promise<Float32Array[]>;
}
