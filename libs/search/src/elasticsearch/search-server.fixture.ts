import { randomUUID } from 'node:crypto';
import { openElasticsearchIndex } from '../open-elasticsearch-index.js';
import { type ElasticsearchKnowledgeIndex } from './elasticsearch-knowledge-index.js';
import { indexName } from './index-catalogue.js';
import { indexDefinition, type IndexOrigin } from './index-definition.js';
import { type Provenance } from './knowledge-index-versions.js';

export const provenance: Provenance = { dataset: 'd1', taxonomy: 't1', product: '0.0.0' };

/** Indexes of a test's own on a server, all of which `removeAll` removes. */
export class SearchServer {
  private readonly opened: ElasticsearchKnowledgeIndex[] = [];

  constructor(readonly url: string) {}

  /** Lets the server do with test indexes what a server does unless told otherwise: a write to what is not there makes it. */
  async makeStrayIndexes(): Promise<void> {
    const body = JSON.stringify({ persistent: { 'action.auto_create_index': '+test-*,+building.test-*,-*' } });
    const response = await fetch(`${this.url}/_cluster/settings`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
    if (!response.ok) throw new Error(await response.text());
  }

  /** Nothing is under its alias yet. */
  async unprepared(alias = `test-${randomUUID()}`): Promise<ElasticsearchKnowledgeIndex> {
    const index = await openElasticsearchIndex({ url: this.url, alias, replicas: 0 });
    this.opened.push(index);
    return index;
  }

  /** A live index without documents, made in one request: a build takes several. It has room for vectors where their size is told. */
  async empty(vectorDims?: number): Promise<ElasticsearchKnowledgeIndex> {
    const alias = `test-${randomUUID()}`;
    const origin: IndexOrigin = { ...provenance, content: '0'.repeat(64), documents: 0, builtAt: '2026-03-02T00:00:00.000Z' };
    const body = JSON.stringify({ ...indexDefinition({ replicas: 0, vectorDims, origin }), aliases: { [alias]: { is_write_index: true } } });
    const response = await fetch(`${this.url}/${indexName(alias, origin)}`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
    if (!response.ok) throw new Error(await response.text());
    return this.unprepared(alias);
  }

  async removeAll(): Promise<void> {
    for (const index of this.opened.splice(0)) {
      const names = (await index.versions.list()).map(({ name }) => name);
      if (names.length > 0) await fetch(`${this.url}/${names.join(',')}`, { method: 'DELETE' });
      await index.close();
    }
  }
}
