import { type Standard } from '@math-labeler/curriculum';
import { readAnswer } from './read-answer.js';

const standard = { code: '2수01-01', domain: '수와 연산', unit: '네 자리 이하의 수' } as Standard;
const curriculum = { byCode: new Map([[standard.code, standard]]) };
const label = (level: string, names: { 대분류?: string; 중분류?: string } = {}) => ({ correct_labels: { ...names, '하위 분류': level } });

describe('an answer is read', () => {
  test.each([
    ['as results write it', label('[2수01-01-B]')],
    ['without brackets', label('2수01-01-B')],
    ['with spaces around it', label('  [ 2수01-01-B ] ')],
    ['in full-width letters', label('［２수０１－０１－Ｂ］')],
    ['with its domain and unit', label('[2수01-01-B]', { 대분류: '수와 연산', 중분류: '네 자리 이하의 수' })],
    ['with a domain that is spaced otherwise', label('[2수01-01-B]', { 대분류: '수와연산' })],
  ])('%s', (_, answer) => {
    expect(readAnswer(answer, curriculum)).toEqual({ kind: 'label', code: '2수01-01', level: 'B' });
  });

  test('as a confirmation of what holds', () => {
    expect(readAnswer({ confirm: true }, curriculum)).toEqual({ kind: 'confirm' });
  });
});

test.each([
  ['neither a label nor a confirmation', {}, 'ONE_ANSWER', 'correct_labels'],
  ['both', { ...label('[2수01-01-B]'), confirm: true as const }, 'ONE_ANSWER', 'correct_labels'],
  ['what is no code', label('B'), 'BAD_CODE', 'correct_labels.하위 분류'],
  ['another notation’s finer concept', label('[2수01-01-00]'), 'BAD_CODE', 'correct_labels.하위 분류'],
  ['a level that there is not', label('[2수01-01-D]'), 'BAD_CODE', 'correct_labels.하위 분류'],
  ['a standard that there is not', label('[2수09-01-B]'), 'UNKNOWN_CODE', 'correct_labels.하위 분류'],
  ['a standard without its level', label('[2수01-01]'), 'MISSING_LEVEL', 'correct_labels.하위 분류'],
  ['another domain', label('[2수01-01-B]', { 대분류: '도형과 측정' }), 'CONTRADICTION', 'correct_labels.대분류'],
  ['another unit', label('[2수01-01-B]', { 중분류: '길이' }), 'CONTRADICTION', 'correct_labels.중분류'],
])('%s is refused, and the field is named', (_, answer, code, field) => {
  expect(readAnswer(answer, curriculum)).toEqual({ kind: 'fault', code: `FEEDBACK.${code}`, field, reason: { ko: expect.stringMatching(/[가-힣]/), en: expect.stringMatching(/^[^가-힣]*$|2수/) } });
});

test('what was written is shown in the reason, a long one not whole', () => {
  expect(readAnswer(label('모름'), curriculum)).toMatchObject({ reason: { ko: expect.stringContaining('모름'), en: expect.stringContaining('모름') } });
  expect(JSON.stringify(readAnswer(label('가'.repeat(5000)), curriculum)).length).toBeLessThan(400);
});
