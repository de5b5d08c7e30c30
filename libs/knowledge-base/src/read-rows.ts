import { basename } from 'node:path';
import { category, type Curriculum, formatPlace, gradeBandOf, parseStandardLevel, type Place, SEMESTERS, type Semester, type Standard } from '@math-labeler/curriculum';
import { type Notice, type Problem, readProblems, type Source } from '@math-labeler/problem-files';
import { findPersonalData, maskPersonalData, normalise, type PersonalDataPolicy } from '@math-labeler/problem-text';
import { type Finding, finding, readingFinding } from './finding.js';
import { type LabelledRow, textKey, wellFormed } from './labelled-row.js';

export interface ReadRow {
  readonly row: LabelledRow;
  readonly place: Place;
}

export type RowOutcome = { readonly kind: 'row'; readonly read: ReadRow } | { readonly kind: 'finding'; readonly finding: Finding } | Notice;

export interface RowReading {
  /** Told how many bytes have been read. */
  readonly onProgress?: (bytes: number) => void;
  /** Masked, unless it is told otherwise. */
  readonly personalData?: PersonalDataPolicy;
}

/** Reads labelled problems in whatever form `readProblems` knows; a row with an error is that error alone, one with a warning is both. */
export async function* readRows(sources: readonly Source[], curriculum: Curriculum, { onProgress, personalData = 'mask' }: RowReading = {}): AsyncGenerator<RowOutcome> {
  const knownCodes = new Set(curriculum.byCode.keys());
  for await (const outcome of readProblems(sources, { gold: 'required', knownCodes, onProgress })) {
    if (outcome.kind === 'notice') yield outcome;
    else if (outcome.kind === 'fault') yield { kind: 'finding', finding: readingFinding(outcome.error) };
    else yield* rowOf(outcome.problem, curriculum, personalData);
  }
}

function* rowOf(problem: Problem, { byCode }: Curriculum, personalData: PersonalDataPolicy): Generator<RowOutcome> {
  const { place, gold } = problem;
  const { codes, level } = gold!;
  if (codes.length > 1) {
    yield found(finding('severalCodes', place, 'category', `성취기준은 하나여야 합니다: ${codes.join(', ')}`, `must be one standard: ${codes.join(', ')}`));
    return;
  }
  if (level === undefined) {
    yield found(finding('missingLabel', place, 'level', '성취수준이 없습니다 (하위 분류를 [2수01-01-A]처럼 쓰세요)', 'the level is missing (write 하위 분류 as [2수01-01-A])'));
    return;
  }
  const standard = byCode.get(codes[0])!;
  const contradiction = contradictionOf(problem, standard);
  if (contradiction !== undefined) {
    yield found(contradiction);
    return;
  }
  const told = wellFormed(problem.text);
  const content = personalData === 'keep' ? told : withoutPersonalData(told);
  if (content !== told) yield found(finding('personalData', place, 'content', '개인 정보가 들어 있어 가립니다', 'holds personal data, which is masked'));
  const key = textKey(content);
  const isNamed = problem.id !== formatPlace(place);
  if (!isNamed) yield found(finding('noId', place, 'id', 'id가 없어 글에서 만듭니다', 'the id is missing; one is made from the text'));
  const id = isNamed ? wellFormed(problem.id) : `k-${key.slice(0, 12)}`;
  const type = textIn(problem, 'type', '유형', '문제 유형') ?? '';
  const label = { code: standard.code, level, category: category(standard, level) };
  yield { kind: 'row', read: { place, row: { key, id, content, ...label, grade: gradeOf(problem, standard), type, source: wellFormed(basename(problem.source)) } } };
}

/** As it came, where it holds none; else normalised, since that is how it is found. */
function withoutPersonalData(content: string): string {
  const text = normalise(content);
  return findPersonalData(text).length === 0 ? content : maskPersonalData(text);
}

function found(found: Finding): RowOutcome {
  return { kind: 'finding', finding: found };
}

/** The code alone says where a problem stands; whatever beside it says otherwise means that one of them is wrong. */
function contradictionOf({ gold, metadata, place }: Problem, { code, domain, unit }: Standard): Finding | undefined {
  const { category: named, level } = gold!;
  const subdivision = typeof named?.['하위 분류'] === 'string' ? parseStandardLevel(named['하위 분류']) : undefined;
  if (subdivision !== undefined && (subdivision.code !== code || (subdivision.level ?? level) !== level)) {
    return finding('contradiction', place, '하위 분류', `'${named!['하위 분류'] as string}'인데 라벨은 ${code}-${level}입니다`, `is '${named!['하위 분류'] as string}', but the label is ${code}-${level}`);
  }
  for (const [field, right] of [['대분류', domain], ['중분류', unit]] as const) {
    const written = named?.[field] ?? metadata?.[field];
    if (written === undefined || written === null || written === '') continue;
    if (typeof written === 'string' && plain(written) === plain(right)) continue;
    const shown = typeof written === 'string' ? written : JSON.stringify(written);
    return finding('contradiction', place, field, `${code}의 ${field}는 '${right}'인데 '${shown}'입니다`, `is '${shown}', but ${code} belongs to '${right}'`);
  }
  return undefined;
}

function plain(name: string): string {
  return name.normalize('NFKC').replace(/[\s·ㆍ・,]/g, '');
}

/** The semester that the file tells, where it fits the standard; else the first in which textbooks teach it. */
function gradeOf({ metadata = {} }: Problem, { semesters, gradeBand }: Standard): Semester {
  const grade = String(metadata['grade'] ?? metadata['problemGrade'] ?? '').trim();
  const term = String(metadata['semester'] ?? metadata['problemSemester'] ?? '').trim();
  const told = SEMESTERS.find((semester) => semester === grade || semester === `${grade}-${term}` || semester === term);
  return told !== undefined && gradeBandOf(told) === gradeBand ? told : semesters[0];
}

function textIn({ metadata = {} }: Problem, ...names: readonly string[]): string | undefined {
  const value = names.map((name) => metadata[name]).find((each) => typeof each === 'string' && each.trim() !== '');
  return value === undefined ? undefined : wellFormed((value as string).trim());
}
