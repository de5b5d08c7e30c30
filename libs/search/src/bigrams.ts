/** A pair of neighbouring characters (UTF-16 units) packed into 32 bits, which V8 keeps as a small integer. */
export type Bigram = number;

/**
 * How often each pair of neighbouring characters occurs, spaces left out and letters in lower case.
 * Measured by leaving one author out, over every third example (recall at 1 / 5 / 20 from examples alone): pairs of every
 * visible character 82.2 / 96.4 / 99.0 %; pairs and triples the same for twice the memory; letters and digits only
 * 78.0 / 93.3 / 97.6 %; pairs within words 78.7 / 95.4 / 98.3 %; numbers by their type, no difference; leaving out the
 * pairs in more than 20 % of the documents, no difference.
 */
export function bigramsOf(text: string): Map<Bigram, number> {
  const counts = new Map<Bigram, number>();
  const lower = text.toLowerCase();
  let previous = -1;
  for (let i = 0; i < lower.length; i += 1) {
    const unit = lower.charCodeAt(i);
    if (unit <= 0x20) continue;
    if (previous >= 0) {
      const bigram = (previous << 16) | unit;
      counts.set(bigram, (counts.get(bigram) ?? 0) + 1);
    }
    previous = unit;
  }
  return counts;
}
