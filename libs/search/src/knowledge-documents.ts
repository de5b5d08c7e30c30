import { type KnowledgeBase } from '@math-labeler/curriculum';
import { type KnowledgeDocument } from './knowledge-index.js';

/**
 * The knowledge base as documents to index: one for each example, and one for each standard, which holds its domain, unit,
 * statement and phrases. `normalise` must be the one that queries go through.
 */
export function knowledgeDocuments({ curriculum, examples, phrases }: Pick<KnowledgeBase, 'curriculum' | 'examples' | 'phrases'>, normalise: (text: string) => string): KnowledgeDocument[] {
  const wordings = new Map(curriculum.standards.map(({ code, domain, unit, statement }) => [code, [domain, unit, statement]]));
  for (const { code, text } of phrases) wordings.get(code)?.push(text);
  return [
    ...examples.map(({ id, code, level, text, author }): KnowledgeDocument => ({ id, kind: 'example', code, level, text: normalise(text), group: author })),
    ...Array.from(wordings, ([code, texts]): KnowledgeDocument => ({ id: code, kind: 'standard', code, text: normalise(texts.join(' ')) })),
  ];
}
