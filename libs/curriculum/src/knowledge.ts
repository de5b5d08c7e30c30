import { z } from 'zod';
import { type Curriculum, knownStandard, loadCurriculum, refuseDuplicate } from './curriculum.js';
import { type DataFile, fileAt, jsonLines, linesOf, missing } from './data-file.js';
import { words } from './explain-issue.js';
import { fingerprint } from './fingerprint.js';
import { InputError } from './input-error.js';
import { type Level, LEVELS } from './level.js';
import { gradeBandOf, type Semester, SEMESTERS } from './standard.js';

/** A labelled problem of the knowledge base. */
export interface SolvedExample {
  readonly id: string;
  readonly text: string;
  readonly code: string;
  readonly level: Level;
  /** The form of the problem (빈칸, 서술형 …), in its author's words. */
  readonly type: string;
  readonly grade: Semester;
  /** Named by its file: `examples-t1.jsonl` is by `t1`. One author is one voice. */
  readonly author: string;
  /** Other standards that a careful teacher could defend. */
  readonly alternatives?: readonly string[];
  /** Problems of one contrast set share one. */
  readonly family?: string;
}

/** A short wording that is typical of a standard. The two lists were written at different times and weigh differently in training. */
export interface Phrase {
  readonly code: string;
  readonly text: string;
  readonly list: 1 | 2;
}

/** A problem to evaluate with, never to train on. */
export type GoldProblem = Omit<SolvedExample, 'author' | 'family'>;

export interface KnowledgeBase {
  readonly curriculum: Curriculum;
  /** By author in natural order (`t2` before `t10`), then as in the file. */
  readonly examples: readonly SolvedExample[];
  readonly phrases: readonly Phrase[];
  /** The open evaluation set. */
  readonly evaluation: readonly GoldProblem[];
  readonly fingerprints: {
    /** The curriculum's own. */
    readonly taxonomy: string;
    /** Of examples and phrases. */
    readonly dataset: string;
  };
}

const EVALUATION_FILE = 'evaluation/dev-2022.jsonl';
const EXAMPLES_FILE = /^knowledge\/examples-(.+)\.jsonl$/;
const PHRASE_LISTS = [1, 2] as const;

const goldRow = z.strictObject({
  id: words,
  text: words,
  code: z.string(),
  level: z.enum(LEVELS),
  type: words,
  grade: z.enum(SEMESTERS),
  alt: z.array(z.string()).min(1).optional(),
});
const exampleRow = goldRow.extend({ family: words.optional() });

/**
 * Reads the whole data folder; throws InputError at the first thing that is missing or wrong.
 * The evaluation set is as needed as the examples: without it nobody could tell which examples coincide with it.
 */
export function loadKnowledge(files: readonly DataFile[]): KnowledgeBase {
  const curriculum = loadCurriculum(files);
  const ids = new Set<string>();
  const authored = files
    .flatMap((file) => {
      const author = EXAMPLES_FILE.exec(file.path)?.[1];
      return author === undefined ? [] : [{ author, file }];
    })
    .sort((a, b) => inNaturalOrder.compare(a.author, b.author));
  if (authored.length === 0) throw missing('knowledge/examples-*.jsonl');

  const examples = authored.flatMap(({ author, file }) =>
    readProblems(file, exampleRow, curriculum, ids).map((row) => ({ ...problemOf(row), author, family: row.family })),
  );
  const phrases = PHRASE_LISTS.flatMap((list) => readPhrases(fileAt(files, `knowledge/phrases-${list}.txt`), list, curriculum));
  const evaluation = readProblems(fileAt(files, EVALUATION_FILE), goldRow, curriculum, ids).map(problemOf);
  return { curriculum, examples, phrases, evaluation, fingerprints: { taxonomy: curriculum.fingerprint, dataset: datasetFingerprint(examples, phrases) } };
}

/** What a model was trained on; the order counts, since training follows it. */
export function datasetFingerprint(examples: readonly SolvedExample[], phrases: readonly Phrase[]): string {
  return fingerprint(contentOf(examples, phrases));
}

function* contentOf(examples: readonly SolvedExample[], phrases: readonly Phrase[]): Generator<unknown[]> {
  for (const { id, text, code, level, type, grade, author, alternatives } of examples) yield [id, text, code, level, type, grade, author, alternatives];
  for (const { code, text, list } of phrases) yield [code, text, list];
}

const inNaturalOrder = new Intl.Collator('en', { numeric: true });

type GoldRow = z.infer<typeof goldRow>;

function problemOf({ id, text, code, level, type, grade, alt }: GoldRow): GoldProblem {
  return { id, text, code, level, type, grade, alternatives: alt };
}

function readProblems<T extends GoldRow>(file: DataFile, schema: z.ZodType<T>, { byCode }: Curriculum, ids: Set<string>): T[] {
  return jsonLines(file, schema).map(({ value, place }) => {
    refuseDuplicate(ids, value.id, place, 'id');
    const { gradeBand } = knownStandard(value.code, byCode, place, 'code');
    if (gradeBandOf(value.grade) !== gradeBand) {
      throw new InputError('CURRICULUM.BAD_FIELD', place, 'grade', {
        ko: `${value.code}은(는) ${gradeBand}학년군의 성취기준인데 ${value.grade} 학기입니다`,
        en: `is ${value.grade}, but ${value.code} belongs to grades ${gradeBand}`,
      });
    }
    value.alt?.forEach((code, index) => knownStandard(code, byCode, place, `alt[${index}]`));
    return value;
  });
}

/** A line is a code and its phrases: `2수01-01|하나 둘 셋|몇 개인지 세어 보세요`. */
function readPhrases(file: DataFile, list: 1 | 2, { byCode }: Curriculum): Phrase[] {
  return linesOf(file).flatMap(({ value, place }) => {
    const [code, ...texts] = value.split('|').map((part) => part.trim());
    knownStandard(code, byCode, place, 'code');
    if (texts.length === 0 || texts.includes('')) {
      throw new InputError('CURRICULUM.EMPTY_PHRASE', place, 'phrases', { ko: '빈 구절이 있습니다 (코드|구절|구절 …)', en: 'holds an empty phrase (code|phrase|phrase …)' });
    }
    return texts.map((text) => ({ code, text, list }));
  });
}
