/** What a unit measures; the names are part of the model's feature strings. */
const DIMENSIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    mm: 'len', cm: 'len', m: 'len', km: 'len', g: 'wt', kg: 'wt', t: 'wt', mg: 'wt', mL: 'cap', L: 'cap', ml: 'cap', l: 'cap',
    시: 'tod', 시간: 'dur', 분: 'min', 초: 'sec', 일: 'day', 주: 'day', 주일: 'day', 개월: 'day', 달: 'day', 월: 'day', 년: 'day',
    'cm²': 'area', 'm²': 'area', 'km²': 'area', 'cm³': 'vol', 'm³': 'vol', '°': 'ang', 도: 'ang', '%': 'pct', 원: 'won',
  }),
);

/** `len`, `wt`, `cap`, `tod`, … of a unit, or undefined if it measures nothing we know. */
export function dimensionOf(unit: string): string | undefined {
  return DIMENSIONS.get(unit);
}

/** The unit of time with which a Korean word begins, as `시간` in `시간은`. */
export function timeUnitOf(word: string): string | undefined {
  if (word.startsWith('시간')) return '시간';
  const first = word[0];
  return first === '시' || first === '분' || first === '초' ? first : undefined;
}
