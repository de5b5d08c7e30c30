import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const project = join(import.meta.dirname, '../../..');
const program = join(project, 'apps/cli/bin/mathlabel.mjs');
const samples = join(project, 'data/samples/problems.jsonl');
const openSet = join(project, 'data/evaluation/dev-2022.jsonl');
/** One trained model for all runs of the tests, apart from the user's own. */
const models = join(project, 'node_modules/.cache/math-labeler');
const minutes = 60_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mathlabel-e2e-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  /** Hears everything on standard error so far; may end the process. */
  readonly onStderr?: (stderr: string, child: ChildProcess) => void;
  readonly onStart?: (child: ChildProcess) => void;
}

function mathlabel(args: readonly string[], { input, env, onStderr, onStart }: RunOptions = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: folder, env: { ...process.env, DATA_DIR: models, LANG: 'ko_KR.UTF-8', LC_ALL: '', ...env } });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => {
      stderr += piece.toString();
      onStderr?.(stderr, child);
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(input);
    onStart?.(child);
  });
}

interface Result {
  readonly id: string;
  readonly code: string;
  readonly level: string;
  readonly category: Readonly<Record<string, string>>;
  readonly confidence: number;
  readonly decision: string;
  readonly context?: { readonly kind: string; readonly value: string };
  readonly metadata?: Readonly<Record<string, unknown>>;
}

function results(text: string): Result[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Result);
}

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const lines = (problems: readonly unknown[]): string => problems.map((problem) => `${JSON.stringify(problem)}\n`).join('');
const sharing = '사과 15개를 5명이 똑같이 나누어 가지면 한 명이 몇 개씩 가지게 되나요?';

test(
  'the sample is labelled by the first command on a fresh machine, which trains and saves the model',
  async () => {
    const { code, stdout, stderr } = await mathlabel(['label', samples]);
    const labelled = results(stdout);
    const given = readFileSync(samples, 'utf8').trim().split('\n');
    expect({ code, labelled: labelled.length, saved: existsSync(join(models, 'models/local-model.bin')) }).toEqual({ code: 0, labelled: given.length, saved: true });
    expect(stderr).toMatch(/22문제: 확정 \d+/);
    for (const { category, code, level } of labelled) expect(category['하위 분류']).toBe(`[${code}-${level}]`);
  },
  5 * minutes,
);

test(
  'the open evaluation set is labelled as well as the README says',
  async () => {
    const { code, stdout } = await mathlabel(['evaluate', openSet, '--json']);
    const report = JSON.parse(stdout) as Record<string, number> & Record<'standard' | 'unit' | 'level', { top1: number; top5: number }>;
    expect(code).toBe(0);
    expect(report['n']).toBe(363);
    expect(report.standard.top1).toBeGreaterThanOrEqual(0.975);
    expect(report.standard.top5).toBeGreaterThanOrEqual(0.995);
    expect(report.unit.top1).toBeGreaterThanOrEqual(0.985);
    expect(report.level.top1).toBeGreaterThanOrEqual(0.88);
    expect(report['ece']).toBeLessThanOrEqual(0.03);
    expect(report['coverageAt3']).toBeGreaterThanOrEqual(0.93);
    expect(report['acceptedError']).toBeLessThanOrEqual(0.03);
  },
  minutes,
);

test('evaluate draws its table and picture within eighty columns', async () => {
  const { stdout } = await mathlabel(['evaluate', openSet, '--lang', 'en']);
  expect(stdout).toMatch(/standard/i);
  expect(stdout).toMatch(/[▁▂▃▄▅▆▇█]/);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

describe('bad input', () => {
  test('good lines go through, the bad ones are listed with their place and go to --errors, and the exit code says so', async () => {
    const bad = file('bad.jsonl', `${lines([{ id: '1', content: sharing }, { id: '2', content: '' }, { id: '1', content: '두 번째' }, { id: '4', content: 5 }])}not json\n{"id":"6","content":"cut o`);
    const { code, stdout, stderr } = await mathlabel(['label', bad, '--errors', 'errors.jsonl']);
    expect(code).toBe(1);
    expect(results(stdout).map(({ id }) => id)).toEqual(['1']);
    const errors = readFileSync(join(folder, 'errors.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { code: string; place: { line: number }; reason: { ko: string; en: string } });
    expect(errors.map(({ place }) => place.line)).toEqual([2, 3, 4, 5, 6]);
    expect(errors.every(({ code, reason }) => code.startsWith('PROBLEM_FILES.') && reason.ko !== '' && reason.en !== '')).toBe(true);
    for (const line of [2, 3, 4, 5, 6]) expect(stderr).toContain(`bad.jsonl:${line}`);
  });

  test.each([
    ['a file that is not there', ['label', 'nowhere.jsonl'], 'nowhere.jsonl'],
    ['an empty file', ['label', 'empty.jsonl'], 'empty.jsonl'],
    ['a grade that is none', ['label', 'empty.jsonl', '--grade', '중1'], '중1'],
    ['a command that is none', ['lable', 'x'], 'lable'],
    ['an option that is none', ['label', 'x', '--speed'], '--speed'],
    ['--resume without --out', ['label', 'x', '--resume'], '--out'],
    ['a form that is not written', ['label', samples, '--out', 'labels.pdf'], 'labels.pdf'],
  ])('%s is refused by name', async (_, args, named) => {
    file('empty.jsonl', '');
    const { code, stdout, stderr } = await mathlabel(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(named);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('an unknown code in a gold file is named, and the rest is evaluated', async () => {
    const gold = file('gold.jsonl', lines([{ id: 'a', text: sharing, code: '4수01-05', level: 'B' }, { id: 'b', text: sharing, code: '9수01-01' }]));
    const { code, stdout, stderr } = await mathlabel(['evaluate', gold, '--json']);
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as { n: number }).n).toBe(1);
    expect(stderr).toContain('9수01-01');
  });

  test('a damaged model is said to be so and trained anew; an interrupted training ends at once and leaves the file', async () => {
    const broken = join(folder, 'broken');
    mkdirSync(join(broken, 'models'), { recursive: true });
    const model = join(broken, 'models/local-model.bin');
    copyFileSync(join(models, 'models/local-model.bin'), model);
    truncateSync(model, 100_000);
    let asked = false;
    const { code, stderr } = await mathlabel(['label', samples], {
      env: { DATA_DIR: broken },
      onStderr: (said, child) => {
        if (asked || !said.includes('모델을 학습합니다')) return;
        asked = true;
        child.kill('SIGINT');
      },
    });
    expect(code).toBe(130);
    expect(stderr).toMatch(/체크섬이 맞지 않습니다. 다시 학습합니다/);
    expect(readFileSync(model)).toHaveLength(100_000);
  });
});

describe('forms of files', () => {
  test('CP949 is converted, and said to be', async () => {
    const bytes = Buffer.from('69642cb9aec1a60d0a312c22bbe7b0fa203135b0b3b8a62035b8edc0cc20b6c8b0b0c0cc20b3aab4a9beee20b0a1c1f6b8e920c7d120b8edc0cc20b8ee20b0b3bebf20b0a1c1f6b0d420b5c7b3aabfe43f220d0a', 'hex');
    const { code, stdout, stderr } = await mathlabel(['label', file('옛날.csv', bytes)]);
    expect(code).toBe(0);
    expect(stderr).toContain('CP949');
    expect(results(stdout)).toMatchObject([{ id: '1', content: sharing }]);
  });

  test.each(['labels.csv', 'labels.xlsx', 'labels.json'])('%s is written, and can be read as problems again with the same labels', async (name) => {
    const first = await mathlabel(['label', samples, '--mixed', '--out', name]);
    expect(first).toMatchObject({ code: 0, stdout: '' });
    const again = results((await mathlabel(['label', name, '--mixed'])).stdout);
    const direct = results((await mathlabel(['label', samples, '--mixed'])).stdout);
    expect(again.map(({ id, code, level }) => [id, code, level])).toEqual(direct.map(({ id, code, level }) => [id, code, level]));
  });

  test('a table starts with the mark that Korean Excel needs, and has the Korean headers', async () => {
    await mathlabel(['label', samples, '--out', 'table.csv']);
    const [header] = readFileSync(join(folder, 'table.csv'), 'utf8').split('\r\n');
    expect(header).toMatch(/^\uFEFFid,content,대분류,중분류,하위 분류,code,level,confidence/);
  });

  test('standard input is read whole to learn its source, or streamed with --mixed', async () => {
    const input = lines([{ id: 'x', content: sharing, metadata: { page: 7 } }]);
    const [whole] = results((await mathlabel(['label', '-'], { input })).stdout);
    const [mixed] = results((await mathlabel(['label', '-', '--mixed'], { input })).stdout);
    expect(whole).toMatchObject({ id: 'x', metadata: { page: 7 }, context: { kind: 'source profile' } });
    expect(mixed.code).toBe(whole.code);
    expect(mixed.context).toBeUndefined();
  });

  test('a folder of AI-Hub items is labelled without reading the answers', async () => {
    const item = (id: string, text: string) => ({
      raw_data_info: { school: '초등학교', grade: '3학년', semester: '1학기', subject: '수학', revision_year: '2015' },
      source_data_info: { source_data_name: id, '2022_achievement_standard': [' '] },
      learning_data_info: [
        { class_name: '정답(텍스트)', class_num: 3, class_info_list: [{ Type: 'Bounding_Box', Type_value: [[0, 50, 10, 10]], text_description: '원의 넓이' }] },
        { class_name: '문항(텍스트)', class_num: 1, class_info_list: [{ Type: 'Bounding_Box', Type_value: [[0, 0, 10, 10]], text_description: text }] },
      ],
    });
    file('items/S3_초등_3_000001.json', JSON.stringify(item('S3_1', '$20 \\div 5 = \\square$')));
    file('items/S3_초등_3_000002.json', JSON.stringify(item('S3_2', sharing)));
    const { code, stdout } = await mathlabel(['label', 'items']);
    expect(code).toBe(0);
    expect(results(stdout)).toMatchObject([
      { id: 'S3_1', code: '4수01-05', context: { kind: 'told grade', value: '3-1' } },
      { id: 'S3_2', code: '4수01-05', context: { kind: 'told grade', value: '3-1' } },
    ]);
  });
});

describe('a told grade', () => {
  test('is a strong hint that a result tells of', async () => {
    const twins = file('twins.jsonl', lines([{ id: '1', content: '두 분수의 크기를 비교하여 ○ 안에 >, =, <를 알맞게 써넣으세요.' }]));
    const third = results((await mathlabel(['label', twins, '--grade', '3'])).stdout)[0];
    const fifth = results((await mathlabel(['label', twins, '--grade', '5학년'])).stdout)[0];
    expect([third.code, third.context?.value]).toEqual(['4수01-11', '3학년']);
    expect([fifth.code, fifth.context?.value]).toEqual(['6수01-07', '5학년']);
  });

  test('reviewed problems of a source lower a confidence that was too sure', async () => {
    const wrong = lines(Array.from({ length: 30 }, (_, i) => ({ id: String(i), text: sharing, code: i < 15 ? '4수01-05' : '6수04-06', level: 'B' })));
    const reviewed = file('reviewed.jsonl', wrong);
    const problem = file('problem.jsonl', lines([{ id: '1', content: sharing }]));
    const before = results((await mathlabel(['label', problem])).stdout)[0];
    const after = results((await mathlabel(['label', problem, '--reviewed', reviewed])).stdout)[0];
    expect(after.code).toBe(before.code);
    expect(after.confidence).toBeLessThan(before.confidence - 0.05);
  });
});

test(
  'an interrupted run leaves complete lines and goes on where it stopped',
  async () => {
    const texts = readFileSync(openSet, 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { text: string }).text);
    const many = file('many.jsonl', lines(Array.from({ length: 4000 }, (_, i) => ({ id: String(i), content: texts[i % texts.length] }))));
    const out = join(folder, 'many-labels.jsonl');
    const interrupted = await mathlabel(['label', many, '--mixed', '--out', out], {
      onStart: (child) => {
        const poll = setInterval(() => {
          if (child.exitCode !== null) clearInterval(poll);
          else if (existsSync(out) && readFileSync(out).length > 100_000) {
            clearInterval(poll);
            child.kill('SIGINT');
          }
        }, 10);
      },
    });
    expect(interrupted.code).toBe(130);
    expect(interrupted.stderr).toContain('--resume');
    const part = results(readFileSync(out, 'utf8'));
    expect(part.length).toBeLessThan(4000);
    const resumed = await mathlabel(['label', many, '--mixed', '--out', out, '--resume']);
    expect(resumed.code).toBe(0);
    expect(results(readFileSync(out, 'utf8')).map(({ id }) => id)).toEqual(Array.from({ length: 4000 }, (_, i) => String(i)));
  },
  minutes,
);

test('a reader who has seen enough is no failure', async () => {
  const child = spawn('bash', ['-c', `"${process.execPath}" "${program}" label "${openSet}" --mixed | head -1; echo "\${PIPESTATUS[0]}"`], { env: { ...process.env, DATA_DIR: models } });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  expect(stdout.trim().split('\n').at(-1)).toBe('0');
  expect(stderr).not.toContain('EPIPE');
});

describe('the other commands', () => {
  test.each([
    ['ko', '사용법|Usage', '예:'],
    ['en', 'Usage', 'Examples:'],
  ])('help in %s shows examples', async (language, usage, examples) => {
    const { code, stdout } = await mathlabel(['label', '--help', '--lang', language]);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(usage));
    expect(stdout).toContain(examples);
  });

  test('an English locale speaks English', async () => {
    expect((await mathlabel(['label', 'nowhere.jsonl'], { env: { LANG: 'en_US.UTF-8' } })).stderr).toContain('there is no such file');
  });

  test('inspect shows a label signal by signal', async () => {
    const { stdout } = await mathlabel(['inspect', '100 이하의 수를 읽고 쓰세요.', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ keywords: ['100', '수', '읽기'], result: { code: '2수01-01', category: { 대분류: '수와 연산', 중분류: '네 자리 이하의 수' } } });
    const page = (await mathlabel(['inspect', '100 이하의 수를 읽고 쓰세요.'])).stdout;
    for (const part of ['2수01-01', '확률', '비슷한 문제', '신호']) expect(page).toContain(part);
  });

  test('curriculum finds a standard by its code and many by a word', async () => {
    expect((await mathlabel(['curriculum', '4수01-05'])).stdout).toMatch(/나눗셈/);
    const found = JSON.parse((await mathlabel(['curriculum', '약수', '--json'])).stdout) as { code: string } | { code: string }[];
    expect(JSON.stringify(found)).toContain('6수01-04');
    expect((await mathlabel(['curriculum', '없는낱말'])).code).toBe(2);
  });
});
