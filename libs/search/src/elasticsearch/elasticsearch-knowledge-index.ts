import { type Client } from '@elastic/elasticsearch';
import { type KnowledgeDocument, type KnowledgeHit, type KnowledgeIndex, type KnowledgeQuery, type KnowledgeRemoval, type MeaningQuery } from '../knowledge-index.js';
import { removedEntry, writeEntries } from './document-writes.js';
import { type ElasticsearchOptions, elasticsearchClient } from './elasticsearch-client.js';
import { KnowledgeIndexVersions } from './knowledge-index-versions.js';
import { nearestKnowledge } from './knowledge-nearest.js';
import { searchKnowledge } from './knowledge-search.js';
import { translated } from './search-error.js';
import { supportedVersion } from './server-version.js';
import { Turns } from './turns.js';
import { entryOf, fitted, vectorRoom } from './vector-room.js';

/** Searches at a time. A server that is asked more than it can answer in time works for nobody: what has timed out is asked again. */
const SEARCHES = 8;

/** For what an operator waits for; the client has one limit for all its requests. */
const PATIENCE_MS = 120_000;

/**
 * The knowledge index in Elasticsearch, reached by its alias. The server need not be up: what cannot be done meanwhile is a TransientError, as it is while
 * there is no index under the alias. What the server will never take is a PermanentError SEARCH.REFUSED.
 */
export class ElasticsearchKnowledgeIndex implements KnowledgeIndex {
  /** The indexes that the alias may stand for. */
  readonly versions: KnowledgeIndexVersions;
  private readonly client: Client;
  private readonly patientClient: Client;
  private readonly alias: string;
  private readonly url: string;
  private readonly turns = new Turns(SEARCHES);

  constructor(options: ElasticsearchOptions) {
    this.client = elasticsearchClient(options);
    this.alias = options.alias;
    this.url = options.url;
    this.patientClient = elasticsearchClient({ ...options, timeoutMs: PATIENCE_MS });
    this.versions = new KnowledgeIndexVersions(this.patientClient, options);
  }

  /** A vector that the index has no room for is left out. */
  async put(documents: readonly KnowledgeDocument[]): Promise<void> {
    const entries = documents.map(entryOf);
    const isPlain = documents.every(({ embedding }) => embedding === undefined);
    await writeEntries(this.client, isPlain ? entries : fitted(entries, await this.room()), { to: { alias: this.alias }, refresh: true });
  }

  async remove(removals: readonly KnowledgeRemoval[]): Promise<void> {
    await writeEntries(this.client, removals.map(removedEntry), { to: { alias: this.alias }, refresh: true });
  }

  search(query: KnowledgeQuery): Promise<KnowledgeHit[]> {
    return this.inTurn(() => searchKnowledge(this.client, this.alias, query));
  }

  /** Rejects with PermanentError SEARCH.NO_VECTORS, too, where the index was built without. */
  nearest(query: MeaningQuery): Promise<KnowledgeHit[]> {
    return this.inTurn(() => nearestKnowledge(this.client, this.alias, query));
  }

  async size(): Promise<number> {
    const { count } = await this.client.count({ index: this.alias, query: { bool: { must_not: [{ term: { kind: 'removed' } }] } } }).catch((error: unknown) => {
      throw translated(error);
    });
    return count;
  }

  /** Rejects with TransientError while the server does not answer or lets nobody in, and with InputError where it can never serve, as `requireVersion`. */
  async ping(): Promise<void> {
    await this.requireVersion();
  }

  /** Rejects with InputError SEARCH.WRONG_VERSION where client and server differ in their major version, or SEARCH.NOT_ELASTICSEARCH. */
  async requireVersion(): Promise<void> {
    await supportedVersion(this.client, this.url);
  }

  async close(): Promise<void> {
    await Promise.all([this.client.close(), this.patientClient.close()]);
  }

  private async inTurn(search: () => Promise<KnowledgeHit[]>): Promise<KnowledgeHit[]> {
    try {
      return await this.turns.run(search);
    } catch (error) {
      throw translated(error);
    }
  }

  private room(): Promise<number | undefined> {
    return vectorRoom(this.client, this.alias).catch((error: unknown) => {
      throw translated(error);
    });
  }
}
