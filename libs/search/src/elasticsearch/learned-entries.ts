import { type Client } from '@elastic/elasticsearch';
import { type Entry, writeEntries } from './document-writes.js';
import { translated } from './search-error.js';
import { fitted, vectorRoom } from './vector-room.js';

const PAGE = 1000;

/**
 * What an index has been taught beside what it was built of: the documents that have a version, and the removals. They may change meanwhile only
 * where writes to the index are not blocked.
 */
export async function* learnedEntries(client: Client, index: string): AsyncGenerator<Entry[]> {
  await client.indices.refresh({ index });
  let after: string | undefined;
  for (;;) {
    const { hits } = await client.search<Entry>({
      index,
      size: PAGE,
      allow_partial_search_results: false,
      track_total_hits: false,
      // Later versions keep vectors out of the source.
      _source: { excludes: ['vector'] },
      fields: ['vector'],
      query: { range: { version: { gt: 0 } } },
      sort: [{ id: 'asc' }],
      ...(after === undefined ? {} : { search_after: [after] }),
    });
    if (hits.hits.length === 0) return;
    const page = hits.hits.map(({ _source, fields }): Entry => (fields === undefined ? _source! : { ..._source!, ...(fields as { readonly vector: number[] }) }));
    yield page;
    after = page.at(-1)!.id;
  }
}

/** Teaches an index what another one has been taught, unless it knows something later; with vectors as far as it has room for them. */
export async function carryOver(client: Client, from: string, to: string): Promise<void> {
  try {
    const room = await vectorRoom(client, to);
    for await (const page of learnedEntries(client, from)) await writeEntries(client, fitted(page, room), { to: { index: to }, refresh: true });
  } catch (error) {
    throw translated(error);
  }
}
