import { jest } from '@jest/globals';
import { lines, MINUTES, OPEN_SET, SAMPLES, trainedModel, Workplace } from './mathlabel.fixture.js';

jest.setTimeout(MINUTES);

const place = new Workplace();
beforeAll(async () => void (await trainedModel()), 6 * MINUTES);
afterAll(() => place.remove());

describe('evaluate', () => {
  test('the open evaluation set is labelled as well as was promised', async () => {
    const { code, stdout } = await place.run(['evaluate', OPEN_SET, '--json']);
    const report = JSON.parse(stdout) as Record<'n' | 'ece' | 'coverageAt3' | 'acceptedError', number> & Record<'standard' | 'unit' | 'level', { top1: number; top5: number }>;
    expect({ code, n: report.n }).toEqual({ code: 0, n: 363 });
    expect(report.standard.top1).toBeGreaterThanOrEqual(0.975);
    expect(report.standard.top5).toBeGreaterThanOrEqual(0.995);
    expect(report.unit.top1).toBeGreaterThanOrEqual(0.985);
    expect(report.level.top1).toBeGreaterThanOrEqual(0.88);
    expect(report.ece).toBeLessThanOrEqual(0.03);
    expect(report.coverageAt3).toBeGreaterThanOrEqual(0.93);
    expect(report.acceptedError).toBeLessThanOrEqual(0.03);
  });

  test('the table and the picture fit within eighty columns', async () => {
    const { stdout } = await place.run(['evaluate', OPEN_SET, '--lang', 'en']);
    expect(stdout).toMatch(/^standard +9\d\.\d %/m);
    expect(stdout).toMatch(/[▁▂▃▄▅▆▇█]/);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('an unknown code in a gold file is named, and the rest is evaluated', async () => {
    const gold = place.file('gold.jsonl', lines([{ id: 'a', text: '20 ÷ 5', code: '4수01-05', level: 'B' }, { id: 'b', text: '20 ÷ 5', code: '9수01-01' }]));
    const { code, stdout, stderr } = await place.run(['evaluate', gold, '--json']);
    expect({ code, n: (JSON.parse(stdout) as { n: number }).n }).toEqual({ code: 1, n: 1 });
    expect(stderr).toContain('gold.jsonl:2 [code] 2022 교육과정에 없는 성취기준입니다: 9수01-01');
  });

  test('a file without answers is refused', async () => {
    const { code, stdout, stderr } = await place.run(['evaluate', place.file('plain.jsonl', lines([{ id: 'a', text: '20 ÷ 5' }]))]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('[code] 정답 성취기준이 없습니다');
  });
});

describe('wrong usage', () => {
  test.each([
    ['an empty file', ['label', 'empty.jsonl'], 'empty.jsonl'],
    ['a grade that is none', ['label', 'empty.jsonl', '--grade', '중1'], '초등 학년이 아닙니다: 중1'],
    ['no command', [], '사용법'],
    ['a command that is none', ['lable', 'x'], '모르는 명령입니다: lable'],
    ['an option that is none', ['label', 'x', '--speed'], '모르는 옵션입니다: --speed'],
    ['--resume without --out', ['label', 'x', '--resume'], '--out'],
    ['--resume of a form that cannot be continued', ['label', SAMPLES, '--resume', '--out', 'x.csv'], 'x.csv'],
    ['a form that is not written', ['label', SAMPLES, '--out', 'labels.pdf'], 'labels.pdf'],
    ['a folder that is not there', ['label', SAMPLES, '--out', 'nowhere/labels.jsonl'], 'nowhere/labels.jsonl'],
    ['nothing to evaluate', ['evaluate'], '--leave-one-author-out'],
    ['an empty text', ['inspect', ' '], '비어 있습니다'],
    ['a word that no standard has', ['curriculum', '없는낱말'], '없는낱말'],
    ['a DATA_DIR that cannot be had', ['train'], 'not a directory', { DATA_DIR: SAMPLES }],
  ] satisfies [string, string[], string, Record<string, string>?][])('%s is refused by name', async (_, args, named, env: Record<string, string> = {}) => {
    place.file('empty.jsonl', '');
    const { code, stdout, stderr } = await place.run(args, { env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(named);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('an English locale is spoken to in English, unless --lang says otherwise', async () => {
    const env = { LANG: 'en_US.UTF-8' };
    expect((await place.run(['label', 'nowhere.jsonl'], { env })).stderr).toBe('nowhere.jsonl there is no such file or folder\n');
    expect((await place.run(['label', 'nowhere.jsonl', '--lang', 'ko'], { env })).stderr).toBe('nowhere.jsonl 파일이나 폴더가 없습니다\n');
  });
});

test.each(
  ['label', 'evaluate', 'train', 'inspect', 'curriculum', 'topics', 'topics consume', 'topics publish', 'keys', 'keys add', 'cost', 'cost estimate', 'calibrate'].flatMap((command) => [
    [command, 'ko', /^사용법: mathlabel [^]*옵션:/],
    [command, 'en', /^Usage: mathlabel [^]*Options:/],
  ] as const),
)('%s --help --lang %s is in that language', async (command, language, expected) => {
  const { code, stdout } = await place.run([...command.split(' '), '--help', '--lang', language]);
  expect(code).toBe(0);
  expect(stdout).toMatch(expected);
  if (language === 'ko') expect(stdout).not.toMatch(/Usage|Options|display help/);
});

test('inspect shows a label signal by signal', async () => {
  const { stdout } = await place.run(['inspect', '100 이하의 수를 읽고 쓰세요.', '--json']);
  const report = JSON.parse(stdout) as { keywords: string[]; signals: { contribution: number }[]; result: { code: string; category: unknown } };
  expect(report.keywords).toEqual(['100', '수', '읽기']);
  expect(report.result).toMatchObject({ category: { 대분류: '수와 연산', 중분류: '네 자리 이하의 수' } });
  expect(report.signals.length).toBeGreaterThan(3);
  const page = (await place.run(['inspect', '100 이하의 수를 읽고 쓰세요.'])).stdout;
  for (const part of [report.result.code, '확률', '비슷한 문제', '신호']) expect(page).toContain(part);
});

test('curriculum finds a standard by its code and many by a word', async () => {
  expect((await place.run(['curriculum', '4수01-05'])).stdout).toMatch(/^4수01-05 [^]*나눗셈/);
  const found = JSON.parse((await place.run(['curriculum', '약수', '--json'])).stdout) as { code: string }[];
  expect(found.map(({ code }) => code)).toEqual(['6수01-04', '6수01-05']);
});
