/** The encoder takes time by the square of a word's length: longer ones, which no language has, are counted in pieces, and so as a few tokens too many. */
const LONGEST = /\S{200}|\s{200}/gu;

/** How many tokens of OpenAI's o200k_base encoding a text is; what looks like one of its special tokens counts as the text that it is. The encoding is loaded at the first call. */
export async function countTokens(text: string): Promise<number> {
  const { countTokens: count } = await import('gpt-tokenizer/encoding/o200k_base');
  return piecesOf(text).reduce((sum, piece) => sum + count(piece, { disallowedSpecial: new Set() }), 0);
}

function piecesOf(text: string): string[] {
  const ends = Array.from(text.matchAll(LONGEST), ({ index, 0: run }) => index + run.length);
  return [0, ...ends].map((begin, i) => text.slice(begin, ends[i]));
}
