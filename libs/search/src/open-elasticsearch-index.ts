import { type ElasticsearchOptions } from './elasticsearch/elasticsearch-client.js';
import { type ElasticsearchKnowledgeIndex } from './elasticsearch/elasticsearch-knowledge-index.js';

/** The knowledge index in an Elasticsearch, whose client is loaded only now. The server need not be up. Throws InputError SEARCH.BAD_URL. */
export async function openElasticsearchIndex(options: ElasticsearchOptions): Promise<ElasticsearchKnowledgeIndex> {
  const { ElasticsearchKnowledgeIndex } = await import('./elasticsearch/elasticsearch-knowledge-index.js');
  return new ElasticsearchKnowledgeIndex(options);
}
