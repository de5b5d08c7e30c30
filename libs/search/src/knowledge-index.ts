import { type Level } from '@math-labeler/curriculum';

export type KnowledgeKind = 'example' | 'standard';

/** What a text means to an embedder: a vector of unit length. Those of different embedders say nothing of one another. */
export interface Embedding {
  readonly embedder: string;
  readonly vector: Float32Array;
}

/** Something that a problem can be compared with: a solved example, or a standard in its own words. */
export interface KnowledgeDocument {
  /** Unique within the index. */
  readonly id: string;
  readonly kind: KnowledgeKind;
  /** The standard it speaks for. */
  readonly code: string;
  /** Of an example. */
  readonly level?: Level;
  /** Normalised. */
  readonly text: string;
  /** Whose words these are, so that an evaluation can leave an author out. */
  readonly group?: string;
  /** Grows with each change of the document, 0 when absent; a put that comes late, with a lower one, is ignored. */
  readonly version?: number;
  /** Of the text. It goes into the index and is not among what a hit brings back. */
  readonly embedding?: Embedding;
}

/** Says that a document is no more. */
export interface KnowledgeRemoval {
  readonly id: string;
  /** The version of the document that is no more: one that is higher stays, and a put that comes late, with a lower one, brings nothing back. */
  readonly version: number;
}

export interface KnowledgeHit {
  readonly document: KnowledgeDocument;
  /** Greater is more alike; comparable only among the hits of one query. */
  readonly score: number;
}

export interface KnowledgeQuery {
  /** Normalised. */
  readonly text: string;
  /** The most hits wanted of each kind; a kind that is not named is not searched. */
  readonly limits: Readonly<Partial<Record<KnowledgeKind, number>>>;
  readonly excludeGroup?: string;
}

/** Asks by meaning instead of by wording. */
export interface MeaningQuery extends Omit<KnowledgeQuery, 'text'> {
  readonly embedding: Embedding;
}

/** What the product knows, searchable by likeness. A put or removal that has resolved shows in the next search. */
export interface KnowledgeIndex {
  /** Adds documents, or replaces those of the same id. */
  put(documents: readonly KnowledgeDocument[]): Promise<void>;
  /** Removing what is not there is no error. */
  remove(removals: readonly KnowledgeRemoval[]): Promise<void>;
  /** Best first; equal scores in the order of their ids. */
  search(query: KnowledgeQuery): Promise<KnowledgeHit[]>;
  /**
   * The nearest in meaning among the documents that the same embedder has embedded, the cosine being the score; best first, equal scores in the order of
   * their ids. Rejects with PermanentError SEARCH.WRONG_DIMENSION where their vectors have another size.
   */
  nearest(query: MeaningQuery): Promise<KnowledgeHit[]>;
  size(): Promise<number>;
}
