import { type Client, type estypes } from '@elastic/elasticsearch';
import { type Bilingual, InputError } from '@math-labeler/curriculum';
import { translated } from './search-error.js';

/** The major version of the server that the client in use speaks with: a request with a body is refused by any other. */
export const CLIENT_MAJOR = 9;

/**
 * The version of the server. Rejects with TransientError while it does not answer or lets nobody in, and with InputError where it can never serve:
 * SEARCH.WRONG_VERSION, SEARCH.NOT_ELASTICSEARCH.
 */
export async function supportedVersion(client: Client, url: string): Promise<string> {
  const { version } = await client.info().catch((error: unknown) => {
    throw isStranger(error) ? refused(url, 'SEARCH.NOT_ELASTICSEARCH', { ko: 'Elasticsearch가 아닙니다', en: 'is no Elasticsearch' }, error) : translated(error);
  });
  requireMajor(version, url);
  return version.number;
}

function requireMajor({ number }: estypes.ElasticsearchVersionInfo, url: string): void {
  if (Number.parseInt(number, 10) === CLIENT_MAJOR) return;
  throw refused(url, 'SEARCH.WRONG_VERSION', {
    ko: `Elasticsearch ${number}입니다. 이 제품의 클라이언트는 ${CLIENT_MAJOR}.x하고만 말합니다. 서버를 ${CLIENT_MAJOR}.x로 바꾸세요`,
    en: `is Elasticsearch ${number}, and the client of this product speaks with ${CLIENT_MAJOR}.x only; use a server ${CLIENT_MAJOR}.x`,
  });
}

function refused(url: string, code: string, reason: Bilingual, cause?: unknown): InputError {
  return new InputError(code, { file: 'environment' }, 'ELASTICSEARCH_URL', { ko: `${url}: ${reason.ko}`, en: `${url} ${reason.en}` }, { cause });
}

function isStranger(error: unknown): boolean {
  return error instanceof Error && error.name === 'ProductNotSupportedError';
}
