import { formatPlace, InputError, type Place } from '@math-labeler/curriculum';
import { readItem } from './aihub.js';
import { fault, notice, refused } from './fault.js';
import { meaningOf, type Meaning } from './field-names.js';
import { readGold } from './gold.js';
import { type Problem, type ReadLimits, type ReadOutcome } from './problem.js';
import { SeenIds } from './seen-ids.js';

/** `required`: every problem must carry its right answer, as in an evaluation; `ignored`: what it may be is neither read nor kept. */
export type GoldReading = 'ignored' | 'required';

/** Where records come from: in a `table` the columns for grade, semester and source tell context, in `json` only `metadata` does. */
export type RecordForm = 'json' | 'table';

export interface IntakeOptions {
  readonly gold: GoldReading;
  readonly knownCodes?: ReadonlySet<string>;
  readonly limits: ReadLimits;
}

/** One file, member or sheet: ids must differ within it. */
export interface DocumentIdentity {
  readonly place: Place;
  readonly source: string;
}

type Fields = { readonly [meaning in Meaning]?: { readonly name: string; readonly value: unknown; readonly rank: number } };

/** Takes in the records of all documents of a run, one by one, whatever form they stood in. */
export class Intake {
  private readonly seen = new SeenIds();
  private readonly documents: DocumentIdentity[] = [];
  private qualifying = false;

  constructor(private readonly options: IntakeOptions) {}

  /** From here on records belong to this document. */
  begin(document: DocumentIdentity): void {
    this.documents.push(document);
    this.qualifying = false;
  }

  /** What becomes of one record: a problem or a fault, and notices about either. */
  take(record: unknown, place: Place, form: RecordForm): ReadOutcome[] {
    if (typeof record !== 'object' || record === null || Array.isArray(record)) {
      return [refused(fault('BAD_TYPE', place, undefined, `문제는 JSON 객체여야 하는데 ${kindOf(record).ko}입니다`, `a problem must be a JSON object, not ${kindOf(record).en}`))];
    }
    const problem = this.read(readItem(record) ?? (record as Readonly<Record<string, unknown>>), place, form);
    return problem instanceof InputError ? [refused(problem)] : this.identify(problem);
  }

  private read(record: Readonly<Record<string, unknown>>, place: Place, form: RecordForm): Problem | InputError {
    const { fields, metadata } = sortFields(record, form);
    const text = this.readText(fields.text, record, place);
    if (text instanceof InputError) return text;
    const id = readId(fields.id, place);
    if (id instanceof InputError) return id;
    const told = fields.metadata?.value ?? {};
    if (typeof told !== 'object' || Array.isArray(told)) {
      return fault('BAD_TYPE', place, fields.metadata?.name, `metadata는 객체여야 하는데 ${kindOf(told).ko}입니다`, `must be an object, not ${kindOf(told).en}`);
    }
    const all = { ...metadata, ...told };
    const gold = this.options.gold === 'ignored' ? undefined : readGold(writtenGold(fields), place, this.options.knownCodes);
    if (gold instanceof InputError) return gold;
    const source = 'source' in all && typeof all.source === 'string' && all.source.trim() !== '' ? all.source.trim() : this.document.source;
    return { id, text, ...(Object.keys(all).length > 0 && { metadata: all }), ...(gold !== undefined && { gold }), source, place };
  }

  private readText(field: Fields['text'], record: Readonly<Record<string, unknown>>, place: Place): string | InputError {
    if (field === undefined) {
      const names = Object.keys(record).slice(0, 12).join(', ');
      return fault('NO_TEXT', place, 'text', `문제의 글(content, text, 문제 …)이 없습니다. 있는 필드: ${names || '없음'}`, `the text of the problem (content, text, 문제 …) is missing; fields found: ${names || 'none'}`);
    }
    const { name, value } = field;
    if (value === null || (typeof value === 'string' && value.trim() === '')) return fault('EMPTY_TEXT', place, name, '문제의 글이 비어 있습니다', 'the text of the problem is empty');
    if (typeof value !== 'string') return fault('BAD_TYPE', place, name, `문자열이어야 하는데 ${kindOf(value).ko}입니다`, `must be a string, not ${kindOf(value).en}`);
    const { textLength } = this.options.limits;
    if (value.length > textLength) {
      return fault('TEXT_TOO_LONG', place, name, `글이 너무 깁니다: ${value.length}자 (한도 ${textLength}자)`, `the text is too long: ${value.length} characters (limit ${textLength})`);
    }
    const broken = value.indexOf('\uFFFD');
    if (broken >= 0) {
      return fault('BROKEN_TEXT', place, name, `${broken + 1}번째 글자가 깨져 있습니다. 이 줄의 문자 인코딩이 파일과 다른 듯합니다`, `character ${broken + 1} is damaged; this line seems to be in another encoding than its file`);
    }
    return value;
  }

  private identify(problem: Problem): ReadOutcome[] {
    const { place } = problem;
    const outcomes = strangeCharacters(problem);
    const position = { document: this.documents.length - 1, at: place.line ?? place.row ?? 0 };
    const first = this.seen.add(problem.id, position);
    if (first === undefined) return [...outcomes, { kind: 'problem', problem }];
    if (first.document === position.document) {
      const earlier = formatPlace({ ...this.documents[first.document].place, line: first.at });
      return [...outcomes, refused(fault('DUPLICATE_ID', place, 'id', `id ${problem.id}은(는) ${earlier}에 이미 있습니다`, `the id ${problem.id} already stands at ${earlier}`))];
    }
    // Workbooks and folders number the problems of every sheet or file from 1 again: those are other problems.
    const qualified = `${formatPlace(this.document.place)}#${problem.id}`;
    if (this.seen.add(qualified, position) !== undefined) {
      return [...outcomes, refused(fault('DUPLICATE_ID', place, 'id', `id ${problem.id}이(가) 이 파일에 이미 있습니다`, `the id ${problem.id} already stands in this file`))];
    }
    if (!this.qualifying) {
      this.qualifying = true;
      const other = formatPlace(this.documents[first.document].place);
      outcomes.push(notice('REPEATED_IDS', place, `${other}에 있는 id가 다시 쓰여, 겹치는 id를 ${qualified}처럼 적습니다`, `ids of ${other} are used again; those that clash are written as ${qualified}`));
    }
    return [...outcomes, { kind: 'problem', problem: { ...problem, id: qualified } }];
  }

  private get document(): DocumentIdentity {
    return this.documents[this.documents.length - 1];
  }
}

/** Puts each field to its meaning; those without one, and the lesser of two with the same, go under `metadata`. */
function sortFields(record: Readonly<Record<string, unknown>>, form: RecordForm): { fields: Fields; metadata: Record<string, unknown> } {
  const fields: { -readonly [meaning in Meaning]?: { name: string; value: unknown; rank: number } } = {};
  const metadata: Record<string, unknown> = {};
  for (const name in record) {
    if (name === '__proto__') continue;
    const value = record[name];
    const { meaning, rank } = meaningOf(name);
    if (meaning === 'other') {
      if (value !== undefined) metadata[name.normalize('NFC')] = value;
    } else if (meaning === 'grade' || meaning === 'semester') {
      metadata[form === 'table' ? meaning : meaning === 'grade' ? 'problemGrade' : 'problemSemester'] ??= value;
    } else if (meaning === 'source') {
      metadata[meaning] ??= value;
    } else {
      const rival = fields[meaning];
      if (rival === undefined || rank < rival.rank) fields[meaning] = { name, value, rank };
      const lesser = rival === undefined ? undefined : rank < rival.rank ? rival : { name, value };
      if (lesser !== undefined && meaning === 'text') metadata[lesser.name] = lesser.value;
    }
  }
  return { fields, metadata };
}

function readId(field: Fields['id'], place: Place): string | InputError {
  const value = field?.value;
  if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) return formatPlace(place);
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return String(value);
  return fault('BAD_TYPE', place, field?.name, `id는 문자열이나 수여야 하는데 ${kindOf(value).ko}입니다`, `must be a string or a number, not ${kindOf(value).en}`);
}

function writtenGold(fields: Fields) {
  const category = fields.category?.value;
  const nested = typeof category === 'object' && category !== null ? sortFields(category as Record<string, unknown>, 'json').fields : {};
  const standard = [fields.code, fields.standardLevel, nested.standardLevel, nested.code].find((field) => field !== undefined && field.value !== null && field.value !== '');
  const level = fields.level ?? nested.level;
  const written = typeof category === 'object' && category !== null ? (category as Readonly<Record<string, unknown>>) : undefined;
  return { field: standard?.name ?? 'code', standard: standard?.value, levelField: level?.name ?? 'level', level: level?.value, category: written };
}

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Half a surrogate pair or a control character means a damaged export; the problem is still readable, so a person is told, and it goes on. */
function strangeCharacters({ text, place }: Problem): ReadOutcome[] {
  const control = CONTROL.exec(text);
  const lone = LONE_SURROGATE.exec(text);
  return [
    ...(control === null ? [] : [notice('CONTROL_CHARACTER', place, `글의 ${control.index + 1}번째에 제어 문자가 있어 무시합니다`, `the text has a control character at ${control.index + 1}, which is ignored`)]),
    ...(lone === null ? [] : [notice('LONE_SURROGATE', place, `글의 ${lone.index + 1}번째 글자가 반쪽뿐이어서 무시합니다`, `character ${lone.index + 1} of the text is only half there and is ignored`)]),
  ];
}

function kindOf(value: unknown): { ko: string; en: string } {
  if (value === null) return { ko: 'null', en: 'null' };
  if (Array.isArray(value)) return { ko: '배열', en: 'an array' };
  switch (typeof value) {
    case 'string':
      return { ko: '문자열', en: 'a string' };
    case 'number':
      return { ko: '수', en: 'a number' };
    case 'boolean':
      return { ko: '참/거짓 값', en: 'a boolean' };
    default:
      return { ko: '객체', en: 'an object' };
  }
}
