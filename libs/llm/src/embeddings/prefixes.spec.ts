import { prefixesFor } from './prefixes.js';

const ofE5 = { query: 'query: ', passage: 'passage: ' };
const none = { query: '', passage: '' };

test.each([
  ['intfloat/multilingual-e5-small', ofE5],
  ['multilingual-e5-large', ofE5],
  ['e5', ofE5],
  ['hf.co/E5-base-v2', ofE5],
  // The server writes the prefix.
  ['e5-query', none],
  ['e5-passage', none],
  // Follows instructions instead.
  ['intfloat/multilingual-e5-large-instruct', none],
  ['text-embedding-3-small', none],
  ['bge-m3', none],
  ['gte5', none],
  ['qwen3-embedding:e50', none],
])('%s', (model, prefixes) => {
  expect(prefixesFor(model)).toEqual(prefixes);
});
