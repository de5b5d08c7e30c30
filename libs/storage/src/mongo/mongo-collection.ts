import { type SchemaDefinition } from 'mongoose';

/** The least that a document has: its key, and how often it was written, by which a writer sees that another one was faster. */
export interface Kept {
  readonly _id: string;
  readonly version: number;
}

export interface MongoIndex {
  readonly keys: Readonly<Record<string, 1 | -1>>;
  readonly unique?: true;
  /** Only documents that match are in the index: a query has to ask for the same. */
  readonly where?: Readonly<Record<string, unknown>>;
}

/** A collection as a service declares it. Its `Fields` hold everything but what each document has. */
export interface MongoCollection<Fields> {
  readonly name: string;
  /** What mongoose makes of a document, and, told to the server as a JSON schema, what it refuses. */
  readonly fields: { readonly [Field in keyof Fields]-?: SchemaDefinition[string] };
  readonly indexes: readonly MongoIndex[];
  /** Field that gets the number of a new document: later ones have higher ones, with gaps. Needs a unique index. */
  readonly numbered?: keyof Fields & string;
}

/** A collection whatever its documents hold. */
export type AnyCollection = Pick<MongoCollection<object>, 'name' | 'indexes'> & { readonly fields: SchemaDefinition; readonly numbered?: string };

/**
 * A text from outside as it may lie in a field, different for different texts: a lone surrogate, which UTF-8 and so BSON cannot hold, is escaped.
 * U+0000 and whatever else a text may hold is kept as it is.
 */
export function mongoText(text: string): string {
  return /^"|\p{Surrogate}/u.test(text) ? JSON.stringify(text) : text;
}

/** The text that `mongoText` was given. */
export function textOf(kept: string): string {
  return kept.startsWith('"') ? (JSON.parse(kept) as string) : kept;
}
