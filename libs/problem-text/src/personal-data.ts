import { normalise } from './normalise.js';
import { NUMBER_RULES } from './personal-data-numbers.js';
import { PEOPLE_RULES } from './personal-data-people.js';
import { type PersonalDataKind, type PersonalDataRule, type PersonalDataRules } from './personal-data-rule.js';

/** Personal data in a text; `start` and `end` are indexes of its UTF-16 units, `end` of the first one behind it. */
export interface PersonalData {
  readonly kind: PersonalDataKind;
  readonly start: number;
  readonly end: number;
}

/** What becomes of personal data in a text that is read. */
export type PersonalDataPolicy = 'mask' | 'keep';

const MASKS: Readonly<Record<PersonalDataKind, string>> = {
  residentNumber: '[주민등록번호]',
  phone: '[전화번호]',
  email: '[전자우편]',
  school: '[학교]',
  schoolClass: '[학급]',
  pupilNumber: '[학번]',
  name: '[이름]',
};

const RULES: readonly PersonalDataRules[] = [...NUMBER_RULES, ...PEOPLE_RULES];

/** What is masked may uncover what stood against it; each pass is linear, and so are they together. */
const PASSES = 8;

/**
 * Personal data of real people: numbers and addresses by their form, schools, classes and names where the text says whose they are. The people of a
 * story, its classes and its numbers are mathematics and are passed over. In the order of the text, none overlapping; linear in its length.
 */
export function findPersonalData(text: string): PersonalData[] {
  const rules = RULES.flatMap((group) => (group.clue.test(text) ? group.rules : []));
  const found = rules.flatMap((rule) => [...matchesOf(rule, text)]).sort((one, other) => one.start - other.start || other.end - one.end);
  const apart: PersonalData[] = [];
  for (const each of found) {
    const last = apart.at(-1);
    if (last === undefined || each.start >= last.end) apart.push(each);
    else if (each.end > last.end) apart[apart.length - 1] = { ...last, end: each.end };
  }
  return apart;
}

/** The text with what it stands for in the place of personal data: `[이름]`, `[전화번호]`. A text without any stays as it is, and so does a masked one. */
export function maskPersonalData(text: string): string {
  let masked = text;
  for (let pass = 0; pass < PASSES; pass++) {
    const found = findPersonalData(masked);
    if (found.length === 0) break;
    masked = withMasks(masked, found);
  }
  return masked;
}

/** A text as it is read: normalised, and without personal data unless that is kept. */
export function readText(raw: string, policy: PersonalDataPolicy): string {
  const text = normalise(raw);
  return policy === 'keep' ? text : maskPersonalData(text);
}

function withMasks(text: string, found: readonly PersonalData[]): string {
  let masked = '';
  let from = 0;
  for (const { kind, start, end } of found) {
    masked += text.slice(from, start) + MASKS[kind];
    from = end;
  }
  return masked + text.slice(from);
}

function* matchesOf({ kind, pattern, accepts, more }: PersonalDataRule, text: string): Generator<PersonalData> {
  for (const match of text.matchAll(pattern)) {
    if (accepts !== undefined && !accepts(match)) continue;
    yield placeOf(kind, match);
    if (more === undefined) continue;
    more.lastIndex = match.index + match[0].length;
    for (let next = more.exec(text); next !== null; next = more.exec(text)) {
      if (accepts === undefined || accepts(next)) yield placeOf(kind, next);
    }
  }
}

function placeOf(kind: PersonalDataKind, { 1: before, 2: data, index }: RegExpExecArray): PersonalData {
  const start = index + before.length;
  return { kind, start, end: start + data.length };
}
