import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { lines, MINUTES, results, type Run, SAMPLES, trainedModel, Workplace } from './mathlabel.fixture.js';

jest.setTimeout(MINUTES);

const place = new Workplace();
beforeAll(async () => void (await trainedModel()), 6 * MINUTES);
afterAll(() => place.remove());

const sharing = '사과 15개를 5명이 똑같이 나누어 가지면 한 명이 몇 개씩 가지게 되나요?';

test('the sample is labelled, one result for each problem, and standard output is only results', async () => {
  const { code, stdout, stderr } = await place.run(['label', SAMPLES]);
  const labelled = results(stdout);
  const given = results(readFileSync(SAMPLES, 'utf8'));
  expect(code).toBe(0);
  expect(labelled.map(({ id, content }) => [id, content])).toEqual(given.map(({ id, content }) => [id, content]));
  expect(stderr).toMatch(/22문제: 확정 \d+/);
  for (const { category, code, level, confidence } of labelled) {
    expect(category['하위 분류']).toBe(`[${code}-${level}]`);
    expect(confidence).toBeGreaterThan(0);
    expect(confidence).toBeLessThanOrEqual(1);
  }
});

describe('bad input', () => {
  test('good lines go through, the bad ones are listed with their place and go to --errors, and the exit code says so', async () => {
    const bad = place.file('bad.jsonl', `${lines([{ id: '1', content: sharing }, { id: '2', content: '' }, { id: '1', content: '두 번째' }, { id: '4', content: 5 }, { id: '5', content: '가'.repeat(2 ** 20) }])}not json\n{"id":"7","content":"cut o`);
    const { code, stdout, stderr } = await place.run(['label', bad, '--errors', 'errors.jsonl']);
    expect(code).toBe(1);
    expect(results(stdout).map(({ id }) => id)).toEqual(['1']);
    const errors = place.read('errors.jsonl').trim().split('\n').map((line) => JSON.parse(line) as { code: string; place: { line: number }; field?: string; reason: { ko: string; en: string } });
    expect(errors.map(({ code, place, field }) => [place.line, code, field])).toEqual([
      [2, 'PROBLEM_FILES.EMPTY_TEXT', 'content'],
      [3, 'PROBLEM_FILES.DUPLICATE_ID', 'id'],
      [4, 'PROBLEM_FILES.BAD_TYPE', 'content'],
      [5, 'PROBLEM_FILES.TEXT_TOO_LONG', 'content'],
      [6, 'PROBLEM_FILES.BAD_JSON', undefined],
      [7, 'PROBLEM_FILES.CUT_OFF', undefined],
    ]);
    for (const { place, reason } of errors) {
      expect(stderr).toContain(`bad.jsonl:${place.line} `);
      expect(reason.ko).not.toBe(reason.en);
    }
    expect(stderr).toContain('읽지 못함 6');
  });

  test('half a surrogate pair and a control character are told of, and the problem is labelled all the same', async () => {
    const strange = place.file('strange.jsonl', '{"id":"1","content":"\\ud800 20 ÷ 5를 계산하세요."}\n{"id":"2","content":"20 ÷ 5를\\u0001 계산하세요."}\n');
    const { code, stdout, stderr } = await place.run(['label', strange, '--lang', 'en']);
    expect(code).toBe(0);
    expect(results(stdout).map(({ id }) => id)).toEqual(['1', '2']);
    expect(stderr).toMatch(/strange\.jsonl:1: .*half/);
    expect(stderr).toMatch(/strange\.jsonl:2: .*control character/);
  });

  test('a file that is not there costs neither yesterday’s results nor a training', async () => {
    const out = place.file('yesterday.jsonl', lines([{ id: 'y' }]));
    const { code, stdout, stderr } = await place.run(['label', 'nowhere.jsonl', '--out', out], { env: { DATA_DIR: join(place.folder, 'fresh') } });
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: 'nowhere.jsonl 파일이나 폴더가 없습니다\n' });
    expect(place.read('yesterday.jsonl')).toBe('{"id":"y"}\n');
  });

  test('a file that is not there beside one that is: the other is labelled, and the exit code says that some failed', async () => {
    const { code, stdout, stderr } = await place.run(['label', 'nowhere.jsonl', place.file('there.jsonl', lines([{ id: '1', content: sharing }]))]);
    expect(code).toBe(1);
    expect(results(stdout)).toHaveLength(1);
    expect(stderr).toContain('nowhere.jsonl');
  });

  test('a file is never written over while it is read', async () => {
    const own = place.file('own.jsonl', lines([{ id: '1', content: sharing }]));
    const { code, stderr } = await place.run(['label', own, '--out', 'own.jsonl']);
    expect(code).toBe(2);
    expect(stderr).toContain('own.jsonl');
    expect(place.read('own.jsonl')).toContain(sharing);
  });
});

describe('forms of files', () => {
  let direct: Run | undefined;

  test('CP949 is converted, and said to be', async () => {
    const bytes = Buffer.from('69642cb9aec1a60d0a312c22bbe7b0fa203135b0b3b8a62035b8edc0cc20b6c8b0b0c0cc20b3aab4a9beee20b0a1c1f6b8e920c7d120b8edc0cc20b8ee20b0b3bebf20b0a1c1f6b0d420b5c7b3aabfe43f220d0a', 'hex');
    const { code, stdout, stderr } = await place.run(['label', place.file('옛날.csv', bytes)]);
    expect(code).toBe(0);
    expect(stderr).toContain('CP949');
    expect(results(stdout)).toMatchObject([{ id: '1', content: sharing }]);
  });

  test('a byte order mark and decomposed Hangul, in the text and in the file’s name, change nothing', async () => {
    place.file('문제집.jsonl'.normalize('NFD'), `\uFEFF${lines([{ id: '1', content: sharing.normalize('NFD') }])}`);
    const { code, stdout } = await place.run(['label', '문제집.jsonl', '--mixed']);
    const [composed] = results((await place.run(['label', '-', '--mixed'], { input: lines([{ id: '1', content: sharing }]) })).stdout);
    expect(code).toBe(0);
    expect(results(stdout)).toMatchObject([{ code: composed.code, level: composed.level, confidence: composed.confidence }]);
  });

  test.each(['labels.csv', 'labels.tsv', 'labels.xlsx', 'labels.json'])('%s is written, and can be read as problems again with the same labels', async (name) => {
    expect(await place.run(['label', SAMPLES, '--mixed', '--out', name])).toMatchObject({ code: 0, stdout: '' });
    const again = results((await place.run(['label', name, '--mixed'])).stdout);
    direct ??= await place.run(['label', SAMPLES, '--mixed']);
    expect(again.map(({ id, code, level }) => [id, code, level])).toEqual(results(direct.stdout).map(({ id, code, level }) => [id, code, level]));
  });

  test('a table starts with the mark that Korean Excel needs, and has the Korean headers', async () => {
    await place.run(['label', SAMPLES, '--out', 'table.csv']);
    expect(place.read('table.csv').split('\r\n')[0]).toMatch(/^\uFEFFid,content,대분류,중분류,하위 분류,code,level,confidence/);
  });

  test('standard input is read whole to learn its source, or streamed with --mixed', async () => {
    const input = lines([{ id: 'x', content: sharing, metadata: { page: 7 } }]);
    const [whole] = results((await place.run(['label', '-'], { input })).stdout);
    const [mixed] = results((await place.run(['label', '-', '--mixed'], { input })).stdout);
    expect(whole).toMatchObject({ id: 'x', metadata: { page: 7 }, context: { kind: 'source profile' } });
    expect(mixed.code).toBe(whole.code);
    expect(mixed.context).toBeUndefined();
  });

  test('a folder of AI-Hub items of both layouts is labelled without reading the answers', async () => {
    const box = (className: string, text: string) => ({ class_name: className, class_num: 1, class_info_list: [{ Type: 'Bounding_Box', Type_value: [[0, 0, 10, 10]], text_description: text }] });
    const withStandard = {
      raw_data_info: { school: '초등학교', grade: '3학년', semester: '1학기', subject: '수학', revision_year: '2015' },
      source_data_info: { source_data_name: 'S3_1', '2022_achievement_standard': [' '] },
      learning_data_info: [box('정답(텍스트)', '원의 넓이'), box('문항(텍스트)', '$20 \\div 5 = \\square$')],
    };
    const withTopic = { id: 'P3_1', question_info: [{ question_grade: 'P3', question_term: 1, question_topic_name: '나눗셈' }], OCR_info: [{ question_text: sharing, figure_text: '' }] };
    place.file('items/S3_초등_3_000001.json', JSON.stringify(withStandard));
    place.file('items/P3_1_03_000002.json', JSON.stringify(withTopic));
    place.file('items/P3_1_03_000002_A.json', JSON.stringify({ id: 'P3_1', answer_info: [{ answer_text: '3개' }] }));
    const { code, stdout } = await place.run(['label', 'items']);
    expect(code).toBe(0);
    expect(results(stdout)).toMatchObject([
      { id: 'P3_1', content: sharing, code: '4수01-05', context: { kind: 'told grade', value: '3-1' } },
      { id: 'S3_1', content: '$20 \\div 5 = \\square$', code: '4수01-05', context: { kind: 'told grade', value: '3-1' } },
    ]);
  });
});

describe('context', () => {
  test('a told grade is a strong hint that a result tells of', async () => {
    const twins = place.file('twins.jsonl', lines([{ id: '1', content: '두 분수의 크기를 비교하여 ○ 안에 >, =, <를 알맞게 써넣으세요.' }]));
    const [third] = results((await place.run(['label', twins, '--grade', '3'])).stdout);
    const [fifth] = results((await place.run(['label', twins, '--grade', '5학년'])).stdout);
    expect([third.code, third.context?.value]).toEqual(['4수01-11', '3학년']);
    expect([fifth.code, fifth.context?.value]).toEqual(['6수01-07', '5학년']);
  });

  test('reviewed problems of a source lower a confidence that was too sure', async () => {
    const reviewed = place.file('reviewed.jsonl', lines(Array.from({ length: 30 }, (_, i) => ({ id: String(i), text: sharing, code: i < 15 ? '4수01-05' : '6수04-06', level: 'B' }))));
    const problem = place.file('problem.jsonl', lines([{ id: '1', content: sharing }]));
    const [before] = results((await place.run(['label', problem])).stdout);
    const [after] = results((await place.run(['label', problem, '--reviewed', reviewed])).stdout);
    expect(after.code).toBe(before.code);
    expect(after.confidence).toBeLessThan(before.confidence - 0.05);
  });
});
