import { type Client, type estypes } from '@elastic/elasticsearch';
import { bestFirst } from '../best-first.js';
import { type KnowledgeDocument, type KnowledgeHit, type KnowledgeKind, type KnowledgeQuery } from '../knowledge-index.js';
import { TEXT_FIELDS } from './index-definition.js';
import { refusal } from './search-error.js';

/** A server takes at least 1024 clauses in a query. Each character makes two of them, and each word one. */
const MOST_CHARACTERS = 400;

/** Of an answer; reading the rest takes a third of the client's time. */
export const WANTED = ['responses.hits.hits._source', 'responses.hits.hits._score', 'responses.error', 'responses.status'];

/** A vector is many times as long as the rest of its document, and nobody asks to see it. */
export const WITHOUT_VECTORS = { excludes: ['vector', 'embedder'] };

/** Searches each kind that has a limit, all in one request. Best first; equal scores in the order of their ids. */
export async function searchKnowledge(client: Client, index: string, { text, limits, excludeGroup }: KnowledgeQuery): Promise<KnowledgeHit[]> {
  const kinds = wantedKinds(limits);
  const wording = withinLimits(text);
  if (kinds.length === 0 || wording.trim() === '') return [];
  const searches = kinds.flatMap((kind) => [{ index, allow_partial_search_results: false }, bodyOf(kind, limits[kind]!, wording, excludeGroup)]);
  const { responses } = await client.msearch<KnowledgeDocument>({ searches, filter_path: WANTED });
  return responses.flatMap(hitsOf).sort(bestFirst);
}

export function wantedKinds(limits: KnowledgeQuery['limits']): KnowledgeKind[] {
  return (Object.keys(limits) as KnowledgeKind[]).filter((kind) => (limits[kind] ?? 0) > 0);
}

function bodyOf(kind: KnowledgeKind, size: number, text: string, excludeGroup: string | undefined): estypes.SearchSearchRequestBody {
  return {
    size,
    track_total_hits: false,
    _source: WITHOUT_VECTORS,
    // Equal scores at the edge: the first by their ids are kept.
    sort: [{ _score: { order: 'desc' } }, { id: { order: 'asc' } }],
    query: {
      bool: {
        filter: [{ term: { kind } }],
        must_not: excludeGroup === undefined ? [] : [{ term: { group: excludeGroup } }],
        should: TEXT_FIELDS.map((field) => ({ match: { [field]: { query: text } } })),
        minimum_should_match: 1,
      },
    },
  };
}

/** Throws what a refused part of a request is told as. */
export function hitsOf(response: estypes.MsearchResponseItem<KnowledgeDocument>): KnowledgeHit[] {
  if ('error' in response) throw refusal(response.status, response.error);
  // Nothing found leaves nothing of `hits`.
  return (response.hits?.hits ?? []).map(({ _source, _score }) => ({ document: _source!, score: _score! }));
}

/** Of a long text its beginning and its end, where a problem says what is given and what is asked. */
function withinLimits(text: string): string {
  const characters = [...text];
  if (characters.length <= MOST_CHARACTERS) return text;
  return [...characters.slice(0, MOST_CHARACTERS / 2), ' ', ...characters.slice(-MOST_CHARACTERS / 2)].join('');
}
