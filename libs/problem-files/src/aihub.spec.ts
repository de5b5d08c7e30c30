import { readItem } from './aihub.js';

/** Made up in the manner of the collections; coordinates are `x, y, width, height`. */
const withStandards = {
  raw_data_info: { school: '초등학교', grade: '3학년', semester: '2학기', subject: '수학', publisher: '가나출판', publication_year: '2022', revision_year: '2015' },
  source_data_info: {
    source_data_name: 'S3_초등_3_000001',
    '2009_achievement_standard': [' '],
    '2015_achievement_standard': ['[4수01-03] 곱셈'],
    '2022_achievement_standard': ['[4수01-04] 곱하는 수가 한 자리 수 또는 두 자리 수인 곱셈', ' ', ''],
    level_of_difficulty: '하',
    types_of_problems: '객관식',
  },
  learning_data_info: [
    { class_name: '문항(이미지)', class_num: 2, class_info_list: [{ Type: 'Bounding_Box', Type_value: [[40, 90, 300, 80]], text_description: '$27 \\times 40$' }] },
    { class_name: '정답(텍스트)', class_num: 3, class_info_list: [{ Type: 'Bounding_Box', Type_value: [[1, 1, 5, 5]], text_description: '1080' }] },
    {
      class_name: '문항(텍스트)',
      class_num: 1,
      class_info_list: [
        { Type: 'Bounding_Box', Type_value: [[40, 60, 300, 20]], text_description: '둘째 줄' },
        { Type: 'Bounding_Box', Type_value: [[200, 18, 100, 20]], text_description: '첫 줄 오른쪽' },
        { Type: 'Polygon', Type_value: [[[40, 20], [140, 20], [140, 40], [40, 40]]], text_description: '첫 줄 왼쪽' },
        { Type: 'Bounding_Box', Type_value: [[40, 200, 10, 10]], text_description: ' ' },
      ],
    },
    { class_name: '해설(텍스트)', class_num: 4, class_info_list: [{ Type: 'Bounding_Box', Type_value: [[0, 0, 5, 5]], text_description: '두 자리 수의 곱셈입니다' }] },
  ],
};

const withTopics = {
  id: 'P3_1_01_00001',
  question_filename: 'P3_1_01_00001.png',
  question_info: [
    { question_grade: 'P3', question_term: 1, question_unit: '01', question_topic: '010101', question_topic_name: '세 자리 수의 덧셈', question_type1: '선택형', question_step: '기본', question_sector1: '계산', question_sector2: '수와 연산', question_difficulty: 2 },
  ],
  OCR_info: [{ question_text: '덧셈을 하세요.', figure_text: '$234 + 152$', question_bbox: [] }],
  answer_info: [{ answer_text: '386' }],
};

describe('an item with achievement standards', () => {
  test('its text is words before picture, boxes from top to bottom and left to right, and never an answer or explanation', () => {
    expect(readItem(withStandards)?.text).toBe('첫 줄 왼쪽\n첫 줄 오른쪽\n둘째 줄\n$27 \\times 40$');
  });

  test('its official codes of 2022 are gold, blanks are none, and what the book says of it is metadata', () => {
    expect(readItem(withStandards)).toMatchObject({
      id: 'S3_초등_3_000001',
      code: ['[4수01-04] 곱하는 수가 한 자리 수 또는 두 자리 수인 곱셈'],
      metadata: { grade: '3학년', semester: '2학기', school: '초등학교', subject: '수학', publisher: '가나출판', publicationYear: '2022', revisionYear: '2015', difficulty: '하', type: '객관식' },
    });
  });

  test('class names in decomposed Hangul are the same classes', () => {
    const decomposed = { ...withStandards, learning_data_info: withStandards.learning_data_info.map((entry) => ({ ...entry, class_name: entry.class_name.normalize('NFD') })) };
    expect(readItem(decomposed)?.text).toBe(readItem(withStandards)?.text);
  });

  test('boxes without a place keep the order of the file', () => {
    const unplaced = { learning_data_info: [{ class_name: '문항(텍스트)', class_info_list: [{ text_description: '먼저' }, { Type_value: [[0, 0, 1, 1]], text_description: '나중' }] }] };
    expect(readItem(unplaced)?.text).toBe('먼저\n나중');
  });
});

describe('an item with topics', () => {
  test('its text is that of question and figure, and its topic only a hint', () => {
    expect(readItem(withTopics)).toEqual({
      id: 'P3_1_01_00001',
      text: '덧셈을 하세요.\n$234 + 152$',
      metadata: { grade: 'P3', semester: 1, unit: '01', topic: '세 자리 수의 덧셈', domain: '수와 연산', skill: '계산', step: '기본', type: '선택형', difficulty: 2 },
    });
  });

  test('the file name stands in for a missing id', () => {
    expect(readItem({ ...withTopics, id: undefined })?.id).toBe('P3_1_01_00001.png');
  });
});

test('any other value is no item', () => {
  expect(readItem({ id: 1, text: '3+4' })).toBeUndefined();
  expect(readItem({ answer_info: [{ answer_text: '386' }] })).toBeUndefined();
});
