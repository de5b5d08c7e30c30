import { type Client } from '@elastic/elasticsearch';
import { type KnowledgeDocument } from '../knowledge-index.js';
import { type Entry } from './document-writes.js';

/** A document as the server holds it: its vector in a field of its own, beside the name of who has embedded it. */
export function entryOf({ embedding, ...document }: KnowledgeDocument): Entry {
  return embedding === undefined ? document : { ...document, embedder: embedding.embedder, vector: Array.from(embedding.vector) };
}

/** Numbers that a vector of this index, or of the index of this alias, has; undefined: it has no room for vectors. */
export async function vectorRoom(client: Client, index: string): Promise<number | undefined> {
  const [{ mappings } = { mappings: undefined }] = Object.values(await client.indices.getMapping({ index }));
  const field = mappings?.properties?.['vector'];
  return field?.type === 'dense_vector' ? field.dims : undefined;
}

/** Entries as they fit an index: a vector that it has no room for is left out, and the words are still found. */
export function fitted(entries: readonly Entry[], room: number | undefined): Entry[] {
  return entries.map((entry) => {
    if (entry.kind === 'removed' || entry.vector === undefined || entry.vector.length === room) return entry;
    const { vector, embedder, ...words } = entry;
    return words;
  });
}
