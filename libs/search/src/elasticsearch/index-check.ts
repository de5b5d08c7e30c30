import { type Client } from '@elastic/elasticsearch';
import { type Bilingual, InputError } from '@math-labeler/curriculum';
import { groupByStandard } from '../group-by-standard.js';
import { type IndexVersion, listVersions } from './index-catalogue.js';
import { searchKnowledge } from './knowledge-search.js';
import { translated } from './search-error.js';

/** Share of the problems whose standard is among the first 1, 5, 20 candidates. */
export interface Recall {
  readonly at1: number;
  readonly at5: number;
  readonly at20: number;
}

export interface IndexFault {
  readonly code: 'DOCUMENTS_MISSING' | 'LEARNED_MISSING' | 'STANDARDS_MISSING' | 'TOO_LITTLE_FOUND' | 'LESS_FOUND' | 'WORDS_TORN';
  readonly message: Bilingual;
}

/** What a check has found; the index is fit to be live when there is no fault. */
export interface IndexReport {
  readonly name: string;
  readonly documents: number;
  /** Documents that were taught, not built of. */
  readonly learned: number;
  readonly recall: Recall;
  /** Of the index that is live, if it is another one. */
  readonly liveRecall?: Recall;
  readonly faults: readonly IndexFault[];
}

/** What an index is held against. */
export interface IndexStandard {
  /** Codes of all standards: each must be there. */
  readonly codes: readonly string[];
  /** Problems, normalised, with the standard that they have. */
  readonly gold: readonly { readonly text: string; readonly code: string }[];
  /** The least recall, whatever the live index has. */
  readonly floor?: Recall;
  /** Hears how many searches are done of all. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export const FLOOR: Recall = { at1: 0.85, at5: 0.96, at20: 0.985 };
/** Three problems of 363: less is noise. */
const TOLERANCE = 0.01;

/** Looks whether an index may go live: its counts, its standards, how it finds the gold problems' standards, and how it reads words. Throws InputError SEARCH.NO_INDEX. */
export async function checkIndex(client: Client, alias: string, name: string, standard: IndexStandard): Promise<IndexReport> {
  try {
    return await new Check(client, alias, standard).of(name);
  } catch (error) {
    throw translated(error);
  }
}

class Check {
  constructor(
    private readonly client: Client,
    private readonly alias: string,
    private readonly standard: IndexStandard,
  ) {}

  async of(name: string): Promise<IndexReport> {
    const versions = await listVersions(this.client, this.alias);
    const version = versions.find((one) => one.name === name && !one.isBuilding);
    if (version === undefined) throw new InputError('SEARCH.NO_INDEX', { file: name }, undefined, { ko: `${this.alias}의 완성된 색인이 아닙니다`, en: `is no finished index of ${this.alias}` });
    const live = versions.find(({ isLive, name: other }) => isLive && other !== name);
    const total = this.standard.gold.length * (live === undefined ? 1 : 2);
    const recall = await this.recallOf(name, { before: 0, total });
    const liveRecall = live === undefined ? undefined : await this.recallOf(live.name, { before: this.standard.gold.length, total });
    const counts = await this.countsOf(name);
    const faults = [
      ...countFaults(version, counts),
      ...(live === undefined ? [] : learnedFaults(counts.learned, (await this.countsOf(live.name)).learned)),
      ...(await this.standardFaults(name)),
      ...recallFaults(recall, liveRecall, this.standard.floor ?? FLOOR),
      ...(await this.wordFaults(name)),
    ];
    return { name, ...counts, recall, liveRecall, faults };
  }

  private async countsOf(index: string): Promise<{ documents: number; learned: number }> {
    const count = async (query: object): Promise<number> => (await this.client.count({ index, query })).count;
    const removed = { term: { kind: 'removed' } };
    return {
      documents: await count({ bool: { must_not: [removed] } }),
      learned: await count({ bool: { must: [{ range: { version: { gt: 0 } } }], must_not: [removed] } }),
    };
  }

  private async recallOf(index: string, { before, total }: { readonly before: number; readonly total: number }): Promise<Recall> {
    const { gold, onProgress, signal } = this.standard;
    const ranks: number[] = [];
    for (const { text, code } of gold) {
      signal?.throwIfAborted();
      const candidates = groupByStandard(await searchKnowledge(this.client, index, { text, limits: { example: 50, standard: 20 } }));
      ranks.push(candidates.findIndex((candidate) => candidate.code === code));
      onProgress?.(before + ranks.length, total);
    }
    const within = (most: number): number => ranks.filter((rank) => rank >= 0 && rank < most).length / ranks.length;
    return { at1: within(1), at5: within(5), at20: within(20) };
  }

  private async standardFaults(index: string): Promise<IndexFault[]> {
    const { codes } = this.standard;
    const { hits } = await this.client.search<{ readonly code: string }>({ index, size: codes.length, query: { bool: { filter: [{ term: { kind: 'standard' } }, { terms: { code: [...codes] } }] } }, _source: ['code'] });
    const there = new Set(hits.hits.map(({ _source }) => _source?.code));
    const missing = codes.filter((code) => !there.has(code));
    if (missing.length === 0) return [];
    return [{ code: 'STANDARDS_MISSING', message: { ko: `성취기준 ${missing.length}개가 없습니다 (${missing.slice(0, 5).join(', ')})`, en: `${missing.length} standards are missing (${missing.slice(0, 5).join(', ')})` } }];
  }

  /** The analysis that was wanted is the one that the server does: it may lack Nori's dictionary of ours, or read numbers. */
  private async wordFaults(index: string): Promise<IndexFault[]> {
    const words = async (text: string): Promise<string> => (await this.client.indices.analyze({ index, analyzer: 'words', text })).tokens?.map(({ token }) => token).join(' ') ?? '';
    const expected = [['(15,7)', '( 15 , 7 )'], ['최대공약수를', '최대 공약수']];
    const torn: IndexFault[] = [];
    for (const [text, wanted] of expected) {
      const read = await words(text);
      if (read !== wanted) torn.push({ code: 'WORDS_TORN', message: { ko: `${text}을(를) ${wanted}(으)로 읽어야 하는데 ${read}(으)로 읽습니다`, en: `${text} should be read as ${wanted} and is read as ${read}` } });
    }
    return torn;
  }
}

function countFaults({ origin }: IndexVersion, { documents, learned }: { readonly documents: number; readonly learned: number }): IndexFault[] {
  const built = documents - learned;
  if (built === origin.documents) return [];
  return [{ code: 'DOCUMENTS_MISSING', message: { ko: `문서가 ${origin.documents}개여야 하는데 ${built}개입니다`, en: `there should be ${origin.documents} documents, and there are ${built}` } }];
}

function learnedFaults(learned: number, liveLearned: number): IndexFault[] {
  // What is taught between the build and the swap is carried over by the swap.
  if (liveLearned === 0 || learned > 0) return [];
  return [{ code: 'LEARNED_MISSING', message: { ko: `지금 색인이 배운 ${liveLearned}개가 옮겨지지 않았습니다`, en: `none of the ${liveLearned} documents that the live index was taught is there` } }];
}

const DEPTHS = [['at1', 1], ['at5', 5], ['at20', 20]] as const;

function recallFaults(recall: Recall, live: Recall | undefined, floor: Recall): IndexFault[] {
  return DEPTHS.flatMap(([at, depth]): IndexFault[] => {
    if (!(recall[at] >= floor[at])) {
      return [{ code: 'TOO_LITTLE_FOUND', message: { ko: `정답 성취기준을 ${depth}위 안에 찾은 비율이 ${percent(recall[at])}로, 하한 ${percent(floor[at])}보다 낮습니다`, en: `recall@${depth} is ${percent(recall[at])}, below the floor of ${percent(floor[at])}` } }];
    }
    if (live !== undefined && recall[at] < live[at] - TOLERANCE) {
      return [{ code: 'LESS_FOUND', message: { ko: `정답 성취기준을 ${depth}위 안에 찾은 비율이 지금 색인의 ${percent(live[at])}에서 ${percent(recall[at])}로 떨어집니다`, en: `recall@${depth} falls from the live index’s ${percent(live[at])} to ${percent(recall[at])}` } }];
    }
    return [];
  });
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
