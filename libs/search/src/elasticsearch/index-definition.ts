import { type estypes } from '@elastic/elasticsearch';
import { USER_DICTIONARY } from './user-dictionary.js';

/** What an index was built of. */
export interface IndexOrigin {
  /** Hash of the documents. */
  readonly content: string;
  /** How many they were. */
  readonly documents: number;
  /** Of the labelled problems and of the curriculum. */
  readonly dataset: string;
  readonly taxonomy: string;
  /** Who has embedded the documents; undefined: nobody. */
  readonly embedder?: string;
  /** Version of this product. */
  readonly product: string;
  /** ISO 8601. */
  readonly builtAt: string;
  /** When the alias was last turned to it, ISO 8601; undefined: never yet. */
  readonly liveAt?: string;
}

export interface IndexOptions {
  /** Copies of the shard beside the first; undefined: one, as soon as there is a second node to hold it. */
  readonly replicas?: number;
  /** Numbers in a document's vector; undefined: documents have none. */
  readonly vectorDims?: number;
  readonly origin?: IndexOrigin;
}

/**
 * Endings and particles say nothing of what a problem is about. What tells problems apart stays, unlike with Nori's own list: numbers, symbols,
 * brackets, determiners as 모든 and 두, and what negates: the prefix 비-, the adverb 안, the verb 않다. The names are those of Lucene 10; E and J are refused.
 */
const STOP_TAGS = 'EP EF EC ETN ETM JKS JKC JKG JKO JKB JKV JKQ JX JC IC SP SF XSN XSV XSA VCP UNA NA VSV'.split(' ');

/** Where the words of a text are found, and its characters two and three at a time. */
export const TEXT_FIELDS = ['text', 'text.grams'] as const;

/**
 * Settings and mapping of a knowledge index. Measured on the shipped knowledge by leaving one author out (1046 problems, recall of the standard
 * at 1 / 5 / 20): Nori's words alone 81.4 / 95.4 / 99.6 %; with pairs and triples of letters and digits 82.9 / 96.4 / 99.2 %; with those of every
 * visible character 86.7 / 97.5 / 99.4 %, which is what the in-process index reaches; these without the words 85.9 / 97.1 / 99.2 %.
 * Compounds kept beside their parts (`mixed`): no difference. A standard's own words count double here, too.
 */
export function indexDefinition({ replicas, vectorDims, origin }: IndexOptions): Pick<estypes.IndicesCreateRequest, 'settings' | 'mappings'> {
  return {
    settings: { number_of_shards: 1, ...(replicas === undefined ? { auto_expand_replicas: '0-1' } : { number_of_replicas: replicas }), analysis: ANALYSIS },
    mappings: {
      dynamic: 'strict',
      _meta: origin === undefined ? {} : { ...origin },
      properties: {
        id: { type: 'keyword' },
        kind: { type: 'keyword' },
        code: { type: 'keyword' },
        level: { type: 'keyword' },
        group: { type: 'keyword' },
        version: { type: 'long' },
        text: { type: 'text', analyzer: 'words', fields: { grams: { type: 'text', analyzer: 'grams' } } },
        ...(vectorDims === undefined ? {} : vectorFields(vectorDims)),
      },
    },
  };
}

/** A graph of whole numbers: what the default for long vectors leaves of them cannot tell those apart that a model puts close to one another. */
function vectorFields(dims: number): Record<string, estypes.MappingProperty> {
  return {
    embedder: { type: 'keyword' },
    vector: { type: 'dense_vector', dims, index: true, similarity: 'cosine', index_options: { type: 'hnsw' } },
  };
}

const ANALYSIS: estypes.IndicesIndexSettingsAnalysis = {
  char_filter: {
    // Nori joins neighbouring symbols into one: □+ would be another thing than □. As a word it stands alone, and is what the text calls it elsewhere.
    blanks_as_words: { type: 'mapping', mappings: ['□ => 빈칸'] },
    // Nori takes 변의 for a noun of its own.
    side_of: { type: 'pattern_replace', pattern: '(?<![가-힣])변의(?![가-힣])', replacement: '변' },
    no_spaces: { type: 'pattern_replace', pattern: '\\s+', replacement: '' },
  },
  tokenizer: {
    nori_words: { type: 'nori_tokenizer', decompound_mode: 'discard', discard_punctuation: false, user_dictionary_rules: [...USER_DICTIONARY] },
    pairs_and_triples: { type: 'ngram', min_gram: 2, max_gram: 3 },
  },
  filter: {
    no_particles: { type: 'nori_part_of_speech', stoptags: STOP_TAGS },
    // Nori gives "+ " where a space follows.
    no_spaces_in_symbols: { type: 'pattern_replace', pattern: '\\s+', replacement: '' },
    // Of "계산해 보세요", as auxiliary verbs are kept for 않다.
    no_polite_verb: { type: 'stop', stopwords: ['보'] },
  },
  analyzer: {
    // No nori_number: it reads (15,7) as 157.
    words: { type: 'custom', char_filter: ['blanks_as_words', 'side_of'], tokenizer: 'nori_words', filter: ['no_particles', 'no_polite_verb', 'nori_readingform', 'no_spaces_in_symbols', 'lowercase'] },
    grams: { type: 'custom', char_filter: ['no_spaces'], tokenizer: 'pairs_and_triples', filter: ['lowercase'] },
  },
};
