import { type Evidence } from '@math-labeler/contracts';
import { fused, groupByStandard, type KnowledgeDocument, type KnowledgeHit, type KnowledgeIndex, type SemanticSearch } from '@math-labeler/search';
import { rounded } from './rounded.js';

/** How many examples and standards a problem is compared with. */
export const NEIGHBOURS = { example: 50, standard: 20 } as const;

/** In full: people are shown the first few; voters that read want to see several standards. */
const EXAMPLES = { mostSimilar: 3, all: 8 } as const;
const STANDARDS = 5;

/** What the index knows that is like a normalised text: in its words, and, with a search by meaning, in what it means. */
export async function gatherEvidence(text: string, index: KnowledgeIndex, meaning?: SemanticSearch): Promise<Evidence> {
  const query = { text, limits: NEIGHBOURS };
  const [byWording, byMeaning] = await Promise.all([index.search(query), meaning?.nearest(query, index) ?? []]);
  return evidenceOf(text, byWording, fused(byWording, byMeaning, NEIGHBOURS));
}

/**
 * Everything that voters and people need of the hits of a search, which come best first. `shown` is what people and voters that read are to see: it may
 * know more than the wording, while the neighbours' vote, which was calibrated on the wording, and the ceiling are of `hits` alone.
 */
export function evidenceOf(text: string, hits: readonly KnowledgeHit[], shown: readonly KnowledgeHit[] = hits): Evidence {
  const standards = shown.filter(({ document }) => document.kind === 'standard').slice(0, STANDARDS);
  const examples = chosen(shown.filter(({ document }) => document.kind === 'example'));
  return {
    standards: standards.map(({ document: { code }, score }) => ({ code, score: rounded(score) })),
    examples: examples.map(({ document: { id, code, level, text: words }, score }) => ({ id, code, level: level!, text: words, score: rounded(score) })),
    candidates: groupByStandard(hits).map(({ code, score }) => ({ code, score: rounded(score) })),
    wordForWord: holdersOf(text, hits),
  };
}

/** The most similar ones, and behind them the most similar one of each further standard, best first. */
function chosen(hits: readonly KnowledgeHit[]): KnowledgeHit[] {
  const seen = new Set<string>();
  return hits
    .filter(({ document: { code } }, i) => {
      const isNew = !seen.has(code);
      seen.add(code);
      return isNew || i < EXAMPLES.mostSimilar;
    })
    .slice(0, EXAMPLES.all);
}

/** Ways to ask that differ in nothing else: the text is compared without its last word's ending. */
const ENDING = /(?:하?세요|하?시오|봅시다|보세요|[가-힣]{0,3}까요?)$/;

/** The standards whose examples hold the text word for word, as those of several hold "알맞은 수를 써넣으세요". */
function holdersOf(text: string, hits: readonly KnowledgeHit[]): Evidence['wordForWord'] {
  const sought = wording(text).replace(ENDING, '');
  const holders = new Map<string, number>();
  for (const { document } of hits) {
    if (document.kind === 'example' && wordingOf(document).includes(sought)) holders.set(document.code, (holders.get(document.code) ?? 0) + 1);
  }
  return [...holders].map(([code, examples]) => ({ code, examples }));
}

/** Documents are found again and again; each is put into plain wording once. */
const wordings = new WeakMap<KnowledgeDocument, string>();

function wordingOf(document: KnowledgeDocument): string {
  let known = wordings.get(document);
  if (known === undefined) wordings.set(document, (known = wording(document.text)));
  return known;
}

function wording(text: string): string {
  return text.replace(/[\s.,?!"'“”‘’]/g, '');
}
