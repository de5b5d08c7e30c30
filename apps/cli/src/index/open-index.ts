import { TransientError } from '@math-labeler/contracts';
import { InputError } from '@math-labeler/curriculum';
import { type IndexVersion, type KnowledgeIndexVersions, openElasticsearchIndex } from '@math-labeler/search';
import { type Session } from '../session.js';

/** Does some work with the indexes of ELASTICSEARCH_URL; what the server cannot do just now is an InputError. */
export async function withIndexes<Result>({ env }: Session, work: (versions: KnowledgeIndexVersions) => Promise<Result>): Promise<Result> {
  const { readSettings } = await import('@math-labeler/service-kit');
  const { elasticsearch } = readSettings(env);
  if (elasticsearch === undefined) {
    throw new InputError('CLI.NO_ELASTICSEARCH', { file: 'environment' }, 'ELASTICSEARCH_URL', {
      ko: 'ELASTICSEARCH_URL이 필요합니다. 없으면 색인은 메모리에 있고, 스스로 만들어집니다',
      en: 'ELASTICSEARCH_URL is needed; without it the index is held in memory and builds itself',
    });
  }
  const index = await openElasticsearchIndex(elasticsearch);
  try {
    await index.requireVersion();
    return await work(index.versions);
  } catch (error) {
    if (!(error instanceof TransientError)) throw error;
    throw new InputError('CLI.ELASTICSEARCH_AWAY', { file: elasticsearch.url }, undefined, { ko: `지금은 쓸 수 없습니다. 잠시 뒤에 다시 해 보세요 (${error.message})`, en: `cannot be used just now; try again in a moment (${error.message})` }, { cause: error });
  } finally {
    await index.close();
  }
}

/** The index of that name, or the newest finished one. Throws InputError CLI.NO_INDEX. */
export async function chosenIndex(versions: KnowledgeIndexVersions, name: string | undefined): Promise<IndexVersion> {
  const finished = (await versions.list()).filter(({ isBuilding }) => !isBuilding);
  const chosen = name === undefined ? finished[0] : finished.find((version) => version.name === name);
  if (chosen !== undefined) return chosen;
  throw new InputError('CLI.NO_INDEX', { file: name ?? 'Elasticsearch' }, undefined, { ko: '그런 완성된 색인이 없습니다. mathlabel index build로 만드세요', en: 'there is no such finished index; mathlabel index build makes one' });
}
