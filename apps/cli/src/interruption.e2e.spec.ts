import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { lines, manyProblems, MINUTES, OPEN_SET, results, SAMPLES, trainedModel, until, Workplace } from './mathlabel.fixture.js';

jest.setTimeout(MINUTES);

const place = new Workplace();
let models: string;
beforeAll(async () => {
  models = await trainedModel();
  place.file('many.jsonl', manyProblems(3000));
}, 6 * MINUTES);
afterAll(() => place.remove());

const written = (path: string): number => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0);

test('an interrupted run leaves complete lines, and once resumed has the results of a run that was not interrupted', async () => {
  await place.run(['label', 'many.jsonl', '--out', 'whole.jsonl']);
  const out = join(place.folder, 'part.jsonl');
  const args = ['label', 'many.jsonl', '--out', out];
  const interrupted = await place.run(args, {
    during: async (child) => {
      await until(() => written(out) >= 200, '200 results');
      child.kill('SIGINT');
    },
  });
  expect(interrupted).toMatchObject({ code: 130, stdout: '' });
  const part = results(place.read('part.jsonl'));
  expect(part.length).toBeGreaterThanOrEqual(200);
  expect(part.length).toBeLessThan(3000);
  expect(interrupted.stderr).toContain(`${part.length}문제까지 썼습니다. 같은 명령에 --resume을 붙이면 이어서 합니다.`);
  const resumed = await place.run([...args, '--resume']);
  expect(resumed.code).toBe(0);
  expect(resumed.stderr).toContain(`이미 있던 결과 ${part.length}`);
  expect(place.read('part.jsonl')).toBe(place.read('whole.jsonl'));
});

test('an interruption while the sources are looked at ends at once, and leaves no temporary file', async () => {
  const temporary = join(place.folder, 'tmp');
  mkdirSync(temporary);
  const { code, stdout } = await place.run(['label', '-'], {
    input: lines([{ content: '3 + 5' }]),
    env: { TMPDIR: temporary },
    during: async (child) => {
      await until(() => readdirSync(temporary).length > 0, 'standard input to be kept');
      child.kill('SIGINT');
    },
  });
  expect({ code, stdout, left: readdirSync(temporary) }).toEqual({ code: 130, stdout: '', left: [] });
});

test('an interruption while standard input says nothing ends at once', async () => {
  const { code, stderr } = await place.run(['label', '-', '--mixed'], {
    during: async (child, said) => {
      await until(() => said().includes('라벨링'), 'labelling to begin');
      child.kill('SIGINT');
    },
  });
  expect({ code, stderr }).toEqual({ code: 130, stderr: '라벨링\n중단했습니다.\n' });
});

test('a damaged model is said to be so and trained anew; an interrupted training ends within a second and leaves the file', async () => {
  const broken = join(place.folder, 'broken');
  mkdirSync(join(broken, 'models'), { recursive: true });
  const model = join(broken, 'models/local-model.bin');
  copyFileSync(join(models, 'models/local-model.bin'), model);
  truncateSync(model, 100_000);
  let asked = 0;
  const { code, stderr } = await place.run(['label', SAMPLES], {
    env: { DATA_DIR: broken },
    during: async (child, said) => {
      await until(() => said().includes('모델을 학습합니다'), 'training to begin');
      asked = performance.now();
      child.kill('SIGINT');
    },
  });
  expect(performance.now() - asked).toBeLessThan(5000); // A second on an idle machine.
  expect(code).toBe(130);
  expect(stderr).toMatch(/체크섬이 맞지 않습니다. 다시 학습합니다/);
  expect(readFileSync(model)).toHaveLength(100_000);
});

test('another interruption ends the program at once, even where nobody reads its results', async () => {
  const { stderr } = await place.run(['label', 'many.jsonl', '--mixed'], {
    during: async (child, said) => {
      child.stdout?.pause();
      await until(() => said().includes('라벨링'), 'labelling to begin');
      const interrupt = () => child.kill('SIGINT') && child.exitCode === null && child.signalCode === null;
      await until(() => !interrupt(), 'the program to end');
      child.stdout?.resume();
    },
  });
  expect(stderr).not.toMatch(/\n\s+at /);
});

test.each([['label', OPEN_SET, '--mixed'], ['curriculum'], ['label', '--help']])('whoever reads the output of %s and has seen enough causes no failure', async (...args) => {
  const program = [process.execPath, join(import.meta.dirname, '../bin/mathlabel.mjs'), ...args].map((part) => `"${part}"`).join(' ');
  const child = spawn('bash', ['-c', `${program} | head -1; echo "\${PIPESTATUS[0]}"`], { env: { ...process.env, DATA_DIR: models } });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  expect(stdout.trim().split('\n').at(-1)).toBe('0');
  expect(stderr).not.toContain('EPIPE');
});
