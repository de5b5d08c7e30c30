import fc from 'fast-check';
import { findNear, NEAR } from './near-texts.js';

async function nearPairs(texts: readonly string[], from = 0): Promise<string[]> {
  const pairs: string[] = [];
  await findNear(texts, (one, other) => pairs.push(`${other}-${one}`), { from, always: 0 });
  return pairs.sort();
}

/** Jaccard similarity of the bags of character pairs, as it is defined. */
function similarity(one: string, other: string): number {
  const bag = (text: string): Map<string, number> => {
    const counts = new Map<string, number>();
    for (let i = 0; i < Math.max(1, text.length - 1); i++) counts.set(text.slice(i, i + 2), (counts.get(text.slice(i, i + 2)) ?? 0) + 1);
    return counts;
  };
  const [a, b] = [bag(one), bag(other)];
  let [common, all] = [0, 0];
  for (const feature of new Set([...a.keys(), ...b.keys()])) {
    common += Math.min(a.get(feature) ?? 0, b.get(feature) ?? 0);
    all += Math.max(a.get(feature) ?? 0, b.get(feature) ?? 0);
  }
  return common / all;
}

const base = '사과가바구니에0개있습니다그중에서0개를먹었다면남은사과는모두몇개인지식을쓰고답을구하세요';

test('one letter of a long text makes it no other text, a tenth of it does', async () => {
  expect(await nearPairs([base, `${base}오`, base.replace('사과가', '수박이참외가배가')])).toEqual(['0-1']);
});

test('how often a sign stands there counts', async () => {
  expect(await nearPairs(['○○○○○○○', '○○○○'])).toEqual([]);
});

test('pairs of texts that were there before are not asked for', async () => {
  expect(await nearPairs([base, `${base}오`, `${base}요`], 2)).toEqual(['0-2', '1-2']);
});

test('no pair is missed and none is made up, whatever the texts', async () => {
  const letters = fc.constantFrom('가', '나', '다', '라', '마', '0', '+');
  const edit = fc.tuple(fc.nat(60), letters);
  const edited = (text: string, [at, letter]: [number, string]): string => text.slice(0, at) + letter + text.slice(at + 1);
  const relatives = fc.tuple(fc.string({ unit: letters, minLength: 1, maxLength: 60 }), fc.array(edit, { maxLength: 4 })).map(([text, edits]) => [text, ...edits.map((each) => edited(text, each))]);
  await fc.assert(
    fc.asyncProperty(fc.array(relatives, { maxLength: 6 }), async (families) => {
      const texts = [...new Set(families.flat())];
      const expected = texts.flatMap((one, i) => texts.slice(0, i).flatMap((other, j) => (similarity(one, other) >= NEAR - 1e-12 ? [`${j}-${i}`] : []))).sort();
      expect(await nearPairs(texts)).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

test('of a template that is filled in ten thousand times not all pairs are compared, which is told, save with the texts to be compared with always', async () => {
  const template = (name: number, thing: number): string => `${base}${base}학생${String.fromCharCode(0xac00 + name)}이물건${String.fromCharCode(0xb000 + thing)}을나누어줄때`;
  const texts = Array.from({ length: 10_000 }, (_, i) => template(i % 20, Math.floor(i / 20)));
  const always = `${template(3, 0)}요`;
  const alike = new Set<number>();
  const cut = await findNear([always, ...texts], (one, other) => (other === 0 ? alike.add(one) : alike), { from: 1, always: 1 });
  expect(cut).toBeGreaterThan(0);
  expect(alike.size).toBe(10_000);
}, 20_000);
