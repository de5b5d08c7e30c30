import { type EmbeddedAs } from '@math-labeler/search';

export type Prefixes = Readonly<Record<EmbeddedAs, string>>;

const NONE: Prefixes = { query: '', passage: '' };
const OF_E5: Prefixes = { query: 'query: ', passage: 'passage: ' };

/**
 * What a model was trained to see before a text. The E5 models (Wang et al. 2022, and the multilingual ones of 2024) want to be told queries from passages;
 * a server that writes the prefix itself is asked for as `e5-query` or `e5-passage`, and the E5 models that follow instructions want none.
 */
export function prefixesFor(model: string): Prefixes {
  return /(^|[^a-z])e5([^a-z0-9]|$)/i.test(model) && !/query|passage|instruct/i.test(model) ? OF_E5 : NONE;
}
