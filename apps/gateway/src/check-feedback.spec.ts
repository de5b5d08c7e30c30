import { type Curriculum } from '@math-labeler/curriculum';
import { checkFeedback } from './check-feedback.js';
import { shippedCurriculum } from './gateway.fixture.js';

let curriculum: Curriculum;
beforeAll(async () => {
  curriculum = await shippedCurriculum();
});

const labels = (given: object) => ({ problem_id: 1, correct_labels: { '하위 분류': '[2수01-01-B]', ...given } });

describe('a reviewer’s answer', () => {
  test('is a confirmation, or a standard and a level in any way of writing them', () => {
    expect(checkFeedback({ problem_id: 1, confirm: true }, curriculum)).toBe('confirm');
    for (const written of ['[2수01-01-B]', '2수01-01-B', ' [2수01-01-B] 수의 필요성', '[2수01-01-B]'.normalize('NFD')]) {
      expect(checkFeedback(labels({ '하위 분류': written }), curriculum)).toEqual({ code: '2수01-01', level: 'B' });
    }
    expect(checkFeedback(labels({ 대분류: '수와 연산', 중분류: '네 자리 이하의 수' }), curriculum)).toEqual({ code: '2수01-01', level: 'B' });
  });

  test.each([
    ['neither', { problem_id: 1 }, 'ONE_ANSWER', 'correct_labels'],
    ['both', { ...labels({}), confirm: true as const }, 'ONE_ANSWER', 'correct_labels'],
    ['no level', labels({ '하위 분류': '[2수01-01]' }), 'BAD_LABEL', 'correct_labels.하위 분류'],
    ['an unknown level', labels({ '하위 분류': '[2수01-01-D]' }), 'BAD_LABEL', 'correct_labels.하위 분류'],
    ['an unknown code', labels({ '하위 분류': '[2수01-99-A]' }), 'UNKNOWN_CODE', 'correct_labels.하위 분류'],
    ['another domain', labels({ 대분류: '도형과 측정' }), 'CONTRADICTION', 'correct_labels.대분류'],
    ['another unit', labels({ 중분류: '길이' }), 'CONTRADICTION', 'correct_labels.중분류'],
  ])('with %s is refused by field and reason', (_what, given, code, field) => {
    expect(checkFeedback(given, curriculum)).toEqual({ code: `FEEDBACK.${code}`, field, reason: { ko: expect.any(String), en: expect.any(String) } });
  });
});
