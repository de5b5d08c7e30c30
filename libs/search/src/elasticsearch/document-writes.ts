import { type Client, type estypes } from '@elastic/elasticsearch';
import { type KnowledgeDocument, type KnowledgeRemoval } from '../knowledge-index.js';
import { refusal, translated } from './search-error.js';

/** That a document is no more: kept, so that a put that comes late brings nothing back. No search asks for its kind. */
interface Removed extends KnowledgeRemoval {
  readonly kind: 'removed';
}

/** A document, or what is left of one, as the server holds it. */
export type Entry = (Omit<KnowledgeDocument, 'embedding'> & { readonly embedder?: string; readonly vector?: readonly number[] }) | Removed;

export function removedEntry({ id, version }: KnowledgeRemoval): Entry {
  return { id, version, kind: 'removed' };
}

export interface WriteOptions {
  /** An alias, which must be there, or an index. */
  readonly to: { readonly alias: string } | { readonly index: string };
  /** `true`: the writes show in the next search. */
  readonly refresh: boolean;
}

/** In one request: what a server takes without hesitation (100 MB at most by default), and far below it. */
const BATCH = 1000;

/** Writes entries, each unless a later version of it is there; an entry that is there word for word is left alone, so that it costs nothing to say it again. */
export async function writeEntries(client: Client, entries: readonly Entry[], { to, refresh }: WriteOptions): Promise<void> {
  const latest = latestOf(entries);
  const index = 'alias' in to ? to.alias : to.index;
  for (let i = 0; i < latest.length; i += BATCH) {
    const batch = latest.slice(i, i + BATCH);
    const held = await heldEntries(client, index, batch);
    const news = batch.filter((entry) => !isSame(entry, held.get(entry.id)));
    if (news.length > 0) await writeNew(client, news, { to, refresh });
  }
}

/** Writes entries without looking at what is there: for an index that is being filled. */
export async function writeNew(client: Client, entries: readonly Entry[], { to, refresh }: WriteOptions): Promise<void> {
  const index = 'alias' in to ? to.alias : to.index;
  const operations = entries.flatMap((entry) => [{ index: { _index: index, _id: entry.id, version: entry.version ?? 0, version_type: 'external_gte' as const } }, entry]);
  const { errors, items } = await client.bulk({ operations, refresh, require_alias: 'alias' in to }).catch((error: unknown) => {
    throw translated(error);
  });
  if (!errors) return;
  const failures = items.flatMap(({ index: item }) => (item?.error === undefined || isStale(item) ? [] : [refusal(item.status, item.error)]));
  // What may succeed later is told first: the others will be refused again then.
  const worst = failures.find(({ name }) => name === 'TransientError') ?? failures[0];
  if (worst !== undefined) throw worst;
}

/** A later version is there. */
function isStale({ status }: estypes.BulkResponseItem): boolean {
  return status === 409;
}

async function heldEntries(client: Client, index: string, entries: readonly Entry[]): Promise<ReadonlyMap<string, Entry>> {
  const { docs } = await client.mget<Entry>({ index, ids: entries.map(({ id }) => id), _source_excludes: ['vector'] }).catch((error: unknown) => {
    throw translated(error);
  });
  const held = new Map<string, Entry>();
  for (const doc of docs) {
    if ('error' in doc) throw refusal(doc.error.type === 'index_not_found_exception' ? 404 : 500, doc.error);
    if (doc.found && doc._source !== undefined) held.set(doc._id, doc._source);
  }
  return held;
}

/** One entry for each id, the last one of the highest version. */
function latestOf(entries: readonly Entry[]): Entry[] {
  const latest = new Map<string, Entry>();
  for (const entry of entries) {
    const other = latest.get(entry.id);
    if (other === undefined || (entry.version ?? 0) >= (other.version ?? 0)) latest.set(entry.id, entry);
  }
  return [...latest.values()];
}

function isSame(entry: Entry, held: Entry | undefined): boolean {
  return held !== undefined && canonical(entry) === canonical(held);
}

/** Without the vector, which the text and its embedder determine. */
function canonical(entry: Entry): string {
  return JSON.stringify(Object.entries(entry).filter(([name, value]) => value !== undefined && name !== 'vector').sort(([a], [b]) => (a < b ? -1 : 1)));
}
