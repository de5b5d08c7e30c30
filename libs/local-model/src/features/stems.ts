const KOREAN_WORD = /[가-힣]+/g;

/** Blocks `q` and `p`: stems by truncation, the first two and three syllables of every Korean word: `p2:마셨`, `p3:마셨나`. */
export function stemFeatures(text: string): string[] {
  const features: string[] = [];
  for (const word of text.match(KOREAN_WORD) ?? []) {
    if (word.length < 2) features.push(`p1:${word}`);
    else features.push(`p2:${word.slice(0, 2)}`);
    if (word.length > 2) features.push(`p3:${word.slice(0, 3)}`);
  }
  return features;
}
