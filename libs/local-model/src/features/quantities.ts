import { coarseClass, fineClass, isNumber, type Token } from '@math-labeler/problem-text';
import { dimensionOf, timeUnitOf } from './unit-dimension.js';

const COUNTERS = ['시간', '주일', '개월', '자리', '번째', '보다', '씩'];

/** Features of number types, the unit or counter behind each number or blank, dimensions, and compound quantities. */
export function quantityFeatures(tokens: readonly Token[]): string[] {
  const features: string[] = [];
  const units = new Set<string>();
  tokens.forEach((token, i) => {
    const next = tokens[i + 1] as Token | undefined;
    if (isNumber(token)) {
      const coarse = coarseClass(token);
      features.push(`N:${fineClass(token)}`, `N:${coarse}`);
      if (next === undefined || next.start - token.end > 1) return;
      if (next.kind === 'hangul') {
        const counter = counterOf(next.text);
        features.push(`NU:${coarse}:${counter}`, `NU:${counter}`);
        if (dimensionOf(counter) !== undefined) units.add(counter);
        if (next.text.slice(0, 4).includes('씩')) features.push(`EACH:${coarse}`);
      } else if (next.kind === 'unit' || next.text === '%' || next.text === '°') {
        features.push(`NU:${coarse}:${next.text}`);
        units.add(next.text);
      }
      return;
    }
    switch (token.kind) {
      case 'unit':
        units.add(token.text);
        break;
      case 'blank':
        features.push(token.text === '□' ? 'S:□' : 'S:( )');
        if (next?.kind === 'hangul') features.push(`BU:${next.text[0]}`);
        else if (next?.kind === 'unit') features.push(`BU:${next.text}`);
        break;
      case 'symbol':
        features.push(`S:${token.text}`);
        break;
      case 'option':
        features.push('S:opt');
        break;
      case 'label':
        features.push('S:lab');
        break;
    }
  });
  for (const unit of units) {
    features.push(`U:${unit}`);
    const dimension = dimensionOf(unit);
    if (dimension !== undefined) features.push(`D:${dimension}`);
  }
  return features.concat(compoundFeatures(tokens));
}

function counterOf(word: string): string {
  return COUNTERS.find((counter) => word.startsWith(counter)) ?? word[0];
}

/** Quantities of two units: 3 m 20 cm is `CMP:m-cm`. */
function compoundFeatures(tokens: readonly Token[]): string[] {
  const compounds: string[] = [];
  let previous: { readonly at: number; readonly unit: string } | undefined;
  for (let at = 0; at + 1 < tokens.length; at++) {
    const { kind } = tokens[at];
    if (kind !== 'integer' && kind !== 'blank') continue;
    const next = tokens[at + 1];
    const unit = next.kind === 'unit' ? next.text : next.kind === 'hangul' ? timeUnitOf(next.text) : undefined;
    if (unit === undefined) continue;
    if (previous !== undefined && previous.at === at - 2 && previous.unit !== unit) compounds.push(`${previous.unit}-${unit}`);
    previous = { at, unit };
  }
  const features = compounds.map((compound) => `CMP:${compound}`);
  return compounds.length > 1 ? [...features, 'CMP2', `CMP2:${compounds[0]}`] : features;
}
