const UNIT = '(km²|cm²|m²|cm³|m³|mm|cm|km|kg|mL|[mgtL]|시간|분|초|일|주일|개월|년)';
const AMOUNT = '(?:[\\d.]+|□|\\( \\))';
const CONVERSION = new RegExp(
  `(?<![\\d.])${AMOUNT}\\s*${UNIT}(?:\\s*${AMOUNT}\\s*(mm|cm|m|g|mL|분|초))?\\s*(?:=|은|는|는 모두|이고|입니다)\\s*(?:약 )?${AMOUNT}\\s*${UNIT}`,
  'g',
);

/** Features of unit conversions: `3 m 20 cm = □ cm` is `CV:mcm>cm`. */
export function conversionFeatures(text: string): string[] {
  const features: string[] = [];
  for (const [, unit, smaller = '', target] of text.matchAll(CONVERSION)) {
    if (unit !== target || smaller !== '') features.push('CV', `CV:${unit}${smaller}>${target}`);
  }
  return features;
}
