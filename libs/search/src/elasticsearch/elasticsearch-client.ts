import { Client } from '@elastic/elasticsearch';
import { InputError } from '@math-labeler/curriculum';

export interface ElasticsearchOptions {
  /** `http://host:port` or `https://…` */
  readonly url: string;
  readonly auth?: { readonly username: string; readonly password: string } | { readonly apiKey: string };
  /** PEM; undefined: the authorities that Node trusts. */
  readonly ca?: string;
  /** Under which the live index is found. */
  readonly alias: string;
  /** The longest that an answer to a search or a put may take, in ms. */
  readonly timeoutMs?: number;
  /** Copies of each new index beside the first; undefined: one, as soon as there is a second node to hold it. */
  readonly replicas?: number;
}

const TIMEOUT_MS = 5000;

/**
 * A client of one server or load balancer; nothing is connected yet. An answer that a broken connection cut off is asked for once more, which hides a
 * server's restart from the first to notice it; everything else is retried by whoever knows what for. Throws InputError SEARCH.BAD_URL.
 */
export function elasticsearchClient({ url, auth, ca, timeoutMs = TIMEOUT_MS }: Omit<ElasticsearchOptions, 'alias'>): Client {
  try {
    return new Client({ node: url, auth, tls: ca === undefined ? undefined : { ca }, requestTimeout: timeoutMs, maxRetries: 1 });
  } catch (cause) {
    const { message } = cause as Error;
    throw new InputError('SEARCH.BAD_URL', { file: 'environment' }, 'ELASTICSEARCH_URL', { ko: `Elasticsearch 주소로 쓸 수 없습니다 (${message})`, en: `cannot be the address of an Elasticsearch (${message})` }, { cause });
  }
}
