/** A vector by the text that it stands for. */
export interface KeptVector {
  /** SHA-256 of the text, in hex. */
  readonly text: string;
  readonly vector: Float32Array;
}

/** Vectors that were paid for once. What is kept is never changed: keeping another one for the same text does nothing. */
export abstract class VectorStore {
  /** Undefined for those that are not there; in the order of the texts' hashes. */
  abstract find(embedder: string, texts: readonly string[]): Promise<(Float32Array | undefined)[]>;
  abstract keep(embedder: string, vectors: readonly KeptVector[]): Promise<void>;
}
