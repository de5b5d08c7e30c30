import { type DataFile } from './data-file.js';
import { findCoincidences } from './coincidences.js';
import { InputError } from './input-error.js';
import { loadKnowledge } from './knowledge.js';

const rows = (...values: unknown[]) => `[\n${values.map((value) => JSON.stringify(value)).join(',\n')}\n]\n`;
const lines = (...values: unknown[]) => values.map((value) => JSON.stringify(value)).join('\n');

const counting = { code: '2수01-01', domain: '수와 연산', unit: '네 자리 이하의 수', gradeBand: '1-2', statement: '수를 세고 읽고 쓸 수 있다.', semesters: ['1-1', '1-2'] };
const placeValue = { ...counting, code: '2수01-02', statement: '자릿값을 이해한다.', semesters: ['2-1'] };
const patterns = { ...counting, code: '2수02-01', domain: '변화와 관계', unit: '규칙 찾기', statement: '규칙을 찾는다.' };
const example = { id: 'X1', text: '사과를 세어 보세요.', code: '2수01-01', level: 'C', type: '빈칸', grade: '1-1' };
const rule = { ko: '가', en: 'a' };

const whole: Record<string, string> = {
  'curriculum/standards-2022.json': rows(patterns, counting, placeValue),
  'curriculum/prerequisites-2022.json': rows({ from: '2수01-01', to: '2수01-02', tier: 'strong', support: 2 }),
  'curriculum/confusable-pairs.json': rows({ codes: ['2수01-01', '2수01-02'], rule }, { codes: ['2수01-02', '2수02-01'], rule }),
  'curriculum/levels.json': rows({ level: 'A', ko: '가', en: 'a' }, { level: 'B', ko: '나', en: 'b' }, { level: 'C', ko: '다', en: 'c' }),
  'knowledge/examples-t10.jsonl': lines({ ...example, id: 'X10' }),
  'knowledge/examples-t2.jsonl': lines({ ...example, alt: ['2수02-01'], family: 'F1' }, { ...example, id: 'X2', text: '60 ÷ 3 =' }),
  'knowledge/phrases-1.txt': '2수01-01|하나 둘 셋|몇 개인지\n',
  'knowledge/phrases-2.txt': '2수02-01|규칙을 찾아\n',
  'evaluation/dev-2022.jsonl': lines({ ...example, id: 'G1', text: '60÷3=' }),
  'README.md': 'is not data',
};

const filesWith = (changes: Record<string, string | undefined> = {}): DataFile[] =>
  Object.entries({ ...whole, ...changes }).flatMap(([path, text]) => (text === undefined ? [] : [{ path, text }]));

function refusal(changes: Record<string, string | undefined>): InputError {
  try {
    loadKnowledge(filesWith(changes));
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('the files were accepted');
}

describe('a whole data folder', () => {
  const knowledge = loadKnowledge(filesWith());

  test('gives standards in code order whatever the order of the file', () => {
    expect(knowledge.curriculum.standards.map(({ code }) => code)).toEqual(['2수01-01', '2수01-02', '2수02-01']);
    expect(knowledge.curriculum.byCode.get('2수02-01')?.unit).toBe('규칙 찾기');
  });

  test('gives examples by author in natural order, each with its author', () => {
    expect(knowledge.examples.map(({ id, author }) => [id, author])).toEqual([['X1', 't2'], ['X2', 't2'], ['X10', 't10']]);
    expect(knowledge.examples[0]).toEqual({ ...example, author: 't2', alternatives: ['2수02-01'], family: 'F1' });
  });

  test('gives phrases with their list, and the evaluation set', () => {
    expect(knowledge.phrases).toEqual([
      { code: '2수01-01', text: '하나 둘 셋', list: 1 },
      { code: '2수01-01', text: '몇 개인지', list: 1 },
      { code: '2수02-01', text: '규칙을 찾아', list: 2 },
    ]);
    expect(knowledge.evaluation).toEqual([{ ...example, id: 'G1', text: '60÷3=' }]);
  });

  test('gives the rules between at least two of the codes asked for', () => {
    expect(knowledge.curriculum.confusableRules(['2수01-02', '2수01-01'])).toEqual([{ codes: ['2수01-01', '2수01-02'], rule }]);
    expect(knowledge.curriculum.confusableRules(['2수01-01', '2수02-01'])).toEqual([]);
    expect(knowledge.curriculum.confusableRules(['2수01-02', '2수01-01', '2수02-01'])).toHaveLength(2);
  });

  test('has the same content and fingerprints whatever the layout of its files', () => {
    const relaid = loadKnowledge(
      filesWith({
        'curriculum/standards-2022.json': JSON.stringify([counting, placeValue, patterns], undefined, 2),
        'knowledge/examples-t10.jsonl': `\uFEFF${whole['knowledge/examples-t10.jsonl']}\r\n\r\n`,
        'knowledge/phrases-1.txt': '\uFEFF2수01-01| 하나 둘 셋 |몇 개인지',
      }).reverse(),
    );
    expect({ ...relaid, curriculum: undefined }).toEqual({ ...knowledge, curriculum: undefined });
    expect(relaid.curriculum.fingerprint).toBe(knowledge.curriculum.fingerprint);
  });

  test('changes the fingerprint of what changed, and only that', () => {
    const reworded = loadKnowledge(filesWith({ 'curriculum/standards-2022.json': rows(patterns, counting, { ...placeValue, statement: '다른 말.' }) })).fingerprints;
    const corrected = loadKnowledge(filesWith({ 'knowledge/examples-t10.jsonl': lines({ ...example, id: 'X10', level: 'B' }) })).fingerprints;
    expect([reworded.taxonomy === knowledge.fingerprints.taxonomy, reworded.dataset === knowledge.fingerprints.dataset]).toEqual([false, true]);
    expect([corrected.taxonomy === knowledge.fingerprints.taxonomy, corrected.dataset === knowledge.fingerprints.dataset]).toEqual([true, false]);
    expect(corrected.dataset).toMatch(/^[0-9a-f]{64}$/);
  });

  test('finds the examples that an evaluation problem repeats', () => {
    const found = findCoincidences(knowledge.examples, knowledge.evaluation, (text) => text.replace(/\s/g, ''));
    expect(found.map((each) => [each.example.id, each.gold.id])).toEqual([['X2', 'G1']]);
  });
});

describe('a broken file is refused with file, line, field and reason', () => {
  const standards = 'curriculum/standards-2022.json';
  const examples = 'knowledge/examples-t2.jsonl';
  const second = (change: object) => ({ [examples]: lines(example, { ...example, id: 'X2', ...change }) });
  const pairs = 'curriculum/confusable-pairs.json';
  const prerequisites = 'curriculum/prerequisites-2022.json';

  test.each<[string, Record<string, string | undefined>, string, string, number | undefined, string | undefined]>([
    ['a missing file', { [standards]: undefined }, 'MISSING_FILE', standards, undefined, undefined],
    ['no example file at all', { [examples]: undefined, 'knowledge/examples-t10.jsonl': undefined }, 'MISSING_FILE', 'knowledge/examples-*.jsonl', undefined, undefined],
    ['no evaluation set', { 'evaluation/dev-2022.jsonl': undefined }, 'MISSING_FILE', 'evaluation/dev-2022.jsonl', undefined, undefined],
    ['a line that is no JSON', { [examples]: `${lines(example)}\n{"id": "X2",` }, 'BAD_JSON', examples, 2, undefined],
    ['a line that is no object', { [examples]: '\n"text"' }, 'BAD_FIELD', examples, 2, undefined],
    ['an unknown code', second({ code: '2수01-99' }), 'UNKNOWN_CODE', examples, 2, 'code'],
    ['an unknown alternative', second({ alt: ['2수01-02', '9수01-01'] }), 'UNKNOWN_CODE', examples, 2, 'alt[1]'],
    ['a bad level', second({ level: 'D' }), 'BAD_FIELD', examples, 2, 'level'],
    ['a missing field', second({ type: undefined }), 'BAD_FIELD', examples, 2, 'type'],
    ['an unknown field', second({ answer: '3' }), 'BAD_FIELD', examples, 2, 'answer'],
    ['a blank text', second({ text: ' \n ' }), 'BAD_FIELD', examples, 2, 'text'],
    ['a semester that does not exist', second({ grade: '7-1' }), 'BAD_FIELD', examples, 2, 'grade'],
    ['a semester outside the grade band of the code', second({ grade: '3-1' }), 'BAD_FIELD', examples, 2, 'grade'],
    ['an id used by another file', second({ id: 'X10' }), 'DUPLICATE', 'knowledge/examples-t10.jsonl', 1, 'id'],
    ['an evaluation id used by an example', second({ id: 'G1' }), 'DUPLICATE', 'evaluation/dev-2022.jsonl', 1, 'id'],
    ['a phrase line without a known code', { 'knowledge/phrases-1.txt': '2수01-01|하나\n\n하나 둘 셋|몇 개' }, 'UNKNOWN_CODE', 'knowledge/phrases-1.txt', 3, 'code'],
    ['an empty phrase', { 'knowledge/phrases-2.txt': '2수01-01|하나||둘' }, 'EMPTY_PHRASE', 'knowledge/phrases-2.txt', 1, 'phrases'],
    ['a code without phrases', { 'knowledge/phrases-2.txt': '2수01-01' }, 'EMPTY_PHRASE', 'knowledge/phrases-2.txt', 1, 'phrases'],
    ['a duplicated standard', { [standards]: rows(counting, placeValue, counting) }, 'DUPLICATE', standards, 4, 'code'],
    ['a standard in the wrong grade band', { [standards]: rows(counting, { ...placeValue, gradeBand: '3-4' }) }, 'BAD_FIELD', standards, 3, 'gradeBand'],
    ['a standard in the wrong domain', { [standards]: rows(counting, { ...placeValue, domain: '변화와 관계' }) }, 'BAD_FIELD', standards, 3, 'domain'],
    ['a standard taught outside its grade band', { [standards]: rows({ ...counting, semesters: ['1-1', '3-1'] }) }, 'BAD_FIELD', standards, 2, 'semesters[1]'],
    ['a row that does not close', { [standards]: '[\n{"code": "2수01-01"},\n\n{"code": "2수01-02"\n]' }, 'BAD_FIELD', standards, 2, 'domain'],
    ['a row with a slip', { [pairs]: `[\n${JSON.stringify({ codes: ['2수01-01', '2수01-02'], rule })},\n{"codes": ["2수01-01" "2수01-02"]}\n]` }, 'BAD_JSON', pairs, 3, undefined],
    ['a row with an unclosed bracket', { [pairs]: '[\n{"codes": ["2수01-01", "2수01-02"}\n]' }, 'BAD_JSON', pairs, 2, undefined],
    ['a comma too many', { [pairs]: `[\n${JSON.stringify({ codes: ['2수01-01', '2수01-02'], rule })},\n]` }, 'BAD_JSON', pairs, 3, undefined],
    ['an object where rows belong', { [pairs]: '{}' }, 'BAD_JSON', pairs, 1, undefined],
    ['a rule on an unknown code', { [pairs]: rows({ codes: ['2수01-01', '4수01-01'], rule }) }, 'UNKNOWN_CODE', pairs, 2, 'codes[1]'],
    ['a rule in one language', { [pairs]: rows({ codes: ['2수01-01', '2수01-02'], rule: { ko: '가' } }) }, 'BAD_FIELD', pairs, 2, 'rule.en'],
    ['a prerequisite on an unknown code', { [prerequisites]: rows({ from: '2수01-01', to: '2수01-03', tier: 'weak', support: 1 }) }, 'UNKNOWN_CODE', prerequisites, 2, 'to'],
    ['a prerequisite of itself', { [prerequisites]: rows({ from: '2수01-01', to: '2수01-01', tier: 'weak', support: 1 }) }, 'BAD_FIELD', prerequisites, 2, 'to'],
    ['a level without a description', { 'curriculum/levels.json': rows({ level: 'A', ko: '가', en: 'a' }) }, 'BAD_FIELD', 'curriculum/levels.json', undefined, 'level'],
  ])('%s', (_case, changes, code, file, line, field) => {
    const error = refusal(changes);
    expect({ code: error.code, file: error.place.file, line: error.place.line, field: error.field }).toEqual({ code: `CURRICULUM.${code}`, file, line, field });
    expect(error.reason.ko).toMatch(/[가-힣]/);
    expect(error.reason.en).toMatch(/^[\x20-\x7E가-힣–…→'"]+$/);
  });

  test('the message of a bad level can be read in both languages', () => {
    expect(refusal(second({ level: 'D' })).message).toBe(
      'knowledge/examples-t2.jsonl:2 [level] A, B, C 가운데 하나여야 합니다 · must be one of A, B, C',
    );
  });
});
