const SQUARED_UNITS: Readonly<Record<string, string>> = {
  '㎜': 'mm', '㎝': 'cm', '㎞': 'km', '㎎': 'mg', '㎏': 'kg', '㎖': 'mL', ℓ: 'L', '㎠': 'cm²', '㎡': 'm²', '㎢': 'km²', '㎤': 'cm³',
  '㎥': 'm³', '㎣': 'mm³', '㎘': 'kL', '㎗': 'dL',
};
const UNIT_NAMES: Readonly<Record<string, string>> = {
  세제곱센티미터: 'cm³', 세제곱미터: 'm³', 제곱센티미터: 'cm²', 제곱킬로미터: 'km²', 제곱미터: 'm²', 센티미터: 'cm', 밀리미터: 'mm',
  킬로미터: 'km', 밀리리터: 'mL', 킬로그램: 'kg',
};
const SHORT_UNIT_NAMES: Readonly<Record<string, string>> = { 미터: 'm', 리터: 'L', 그램: 'g', 톤: 't', 퍼센트: '%' };
const VULGAR: Readonly<Record<string, string>> = {
  '½': '1/2', '⅓': '1/3', '⅔': '2/3', '¼': '1/4', '¾': '3/4', '⅕': '1/5', '⅖': '2/5', '⅗': '3/5', '⅘': '4/5', '⅙': '1/6', '⅚': '5/6',
  '⅐': '1/7', '⅛': '1/8', '⅜': '3/8', '⅝': '5/8', '⅞': '7/8', '⅑': '1/9', '⅒': '1/10',
};
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** ½ and its like as `1/2`, after a digit as a mixed number: `2½` is `2 1/2`. */
export function spellFractionSigns(text: string): string {
  return text
    .replace(/(\d?)([½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒])/g, (_, digit: string, sign: string) => (digit === '' ? VULGAR[sign] : `${digit} ${VULGAR[sign]}`))
    .replace(/[⁄∕]/g, '/');
}

/** Units as symbols: ㎝ and 센티미터 as `cm`, `cm2`, `cm 2` and `m^2` after a number as `cm²` and `m²`, but not in `350 cm 3 m`. */
export function unifyUnits(text: string): string {
  return text
    .replace(/[㎜㎝㎞㎎㎏㎖ℓ㎠㎡㎢㎤㎥㎣㎘㎗]/g, (sign) => SQUARED_UNITS[sign])
    .replace(/세제곱센티미터|세제곱미터|제곱센티미터|제곱킬로미터|제곱미터|센티미터|밀리미터|킬로미터|밀리리터|킬로그램/g, (name) => UNIT_NAMES[name])
    .replace(/(?<=[\d□몇]) ?(미터|리터|그램|톤|퍼센트)/g, (_, name: string) => SHORT_UNIT_NAMES[name])
    .replace(/(?<=[\d□)])(\s?)(km|cm|mm|m)(?:\s(?!\d\s?[A-Za-z]))?\^?([23])(?=[^\d.]|$)/g, (_, gap: string, unit: string, power: string) => `${gap}${unit}${power === '2' ? '²' : '³'}`)
    .replace(/(?<=[a-z가-힣])[⁰¹⁴-⁹]/g, (sign) => String(SUPERSCRIPTS.indexOf(sign)));
}

/** Every place to write in as □, an empty pair of brackets as `( )`. */
export function unifyBlanks(text: string): string {
  return text
    .replace(/[▢☐◻⬜□■ロ口]/g, '□')
    .replace(/_{2,}/g, '□')
    .replace(/\[\s+\]/g, '□')
    .replace(/\(\s*\)/g, '( )')
    .replace(/(?<=[\d\s=+\-×÷])ㅁ(?=[\s=+\-×÷에를의은이가]|$)/g, '□');
}

/** One sign for each operator; `x`, `X` and `*` between operands multiply. */
export function unifyOperators(text: string): string {
  return text
    .replace(/[✕✖⨯╳⨉]/g, '×')
    .replace(/➗/g, '÷')
    .replace(/∶/g, ':')
    .replace(/[−–—‒﹣ー]/g, '-')
    .replace(/[∼〜]/g, '~');
}

/** `x`, `X` and `*` between operands as ×. */
export function unifyTimes(text: string): string {
  return text.replace(/(?<=[\d□)%])\s*[xX*]\s*(?=[\d□(])/g, ' × ').replace(/(?<=[가-힣])\s+[xX*]\s+(?=[가-힣\d])/g, ' × ');
}

/** `12,345` as `12345`; `3·5` as `3.5`. */
export function joinDigits(text: string): string {
  const ungrouped = text.replace(/(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])/g, (number) => number.replaceAll(',', ''));
  return /\d·\d/.test(ungrouped) ? ungrouped.replace(/(\d)\s*·\s*(?=\d)/g, '$1.') : ungrouped;
}

/** Fractions in words as digits: `4분의 3` is `3/4`, `2와 3/4` is `2 3/4`. */
export function spellWordFractions(text: string): string {
  return text.replace(/(?<!\d)(\d+)\s*분의\s*(\d+)/g, '$2/$1').replace(/(?<!\d)(\d+)\s*[와과]\s*(?=\d+\/\d)/g, '$1 ');
}
