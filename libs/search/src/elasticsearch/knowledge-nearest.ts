import { type Client, type estypes } from '@elastic/elasticsearch';
import { PermanentError } from '@math-labeler/contracts';
import { bestFirst } from '../best-first.js';
import { type KnowledgeDocument, type KnowledgeHit, type KnowledgeKind, type MeaningQuery } from '../knowledge-index.js';
import { wrongDimension } from '../vectors/vector-table.js';
import { hitsOf, WANTED, WITHOUT_VECTORS, wantedKinds } from './knowledge-search.js';
import { vectorRoom } from './vector-room.js';

/** How many of the graph's nodes are looked at for each hit: with ten the nearest of 10,000 are found as good as always. */
const LOOKED_AT = 10;

/** Searches each kind that has a limit by its vectors, all in one request. Rejects with PermanentError SEARCH.NO_VECTORS or SEARCH.WRONG_DIMENSION. */
export async function nearestKnowledge(client: Client, index: string, query: MeaningQuery): Promise<KnowledgeHit[]> {
  const kinds = wantedKinds(query.limits);
  if (kinds.length === 0) return [];
  const searches = kinds.flatMap((kind) => [{ index, allow_partial_search_results: false }, bodyOf(kind, query.limits[kind]!, query)]);
  const { responses } = await client.msearch<KnowledgeDocument>({ searches, filter_path: WANTED });
  // Where there is no such field, 9.5 finds nothing; vectors of another size are an error.
  if (responses.every((response) => 'error' in response || response.hits?.hits === undefined)) await requireRoom(client, index, query);
  // The server's score of a cosine is (1 + cosine) / 2.
  return responses.flatMap(hitsOf).map(({ document, score }) => ({ document, score: 2 * score - 1 })).sort(bestFirst);
}

function bodyOf(kind: KnowledgeKind, size: number, { embedding: { embedder, vector }, excludeGroup }: MeaningQuery): estypes.SearchSearchRequestBody {
  return {
    size,
    track_total_hits: false,
    _source: WITHOUT_VECTORS,
    knn: {
      field: 'vector',
      query_vector: Array.from(vector),
      k: size,
      num_candidates: LOOKED_AT * size,
      filter: { bool: { filter: [{ term: { kind } }, { term: { embedder } }], must_not: excludeGroup === undefined ? [] : [{ term: { group: excludeGroup } }] } },
    },
  };
}

/** Says of a search that was refused, or in vain, what is to be done, where that is known. */
async function requireRoom(client: Client, index: string, { embedding: { vector } }: MeaningQuery): Promise<void> {
  const room = await vectorRoom(client, index);
  if (room === undefined) throw new PermanentError('SEARCH.NO_VECTORS', 'the index has no vectors; mathlabel index build --swap makes one that has, where OPENAI_EMBEDDING_MODEL is set');
  if (room !== vector.length) throw wrongDimension(vector.length, room);
}
