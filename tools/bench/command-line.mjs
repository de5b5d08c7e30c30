// What the command line promises; every figure comes from the program itself, each run a process of its own.
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { best, round, say } from './figures.mjs';
import { knownTexts } from './problems.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

export async function measureCommandLine() {
  const folder = mkdtempSync(join(tmpdir(), 'mathlabel-bench-'));
  const problems = Number(process.env.BENCH_PROBLEMS ?? 20_000);
  try {
    say('command line: training');
    const train = await mathlabel(['train', '--json']);
    const { bytes } = JSON.parse(train.stdout);
    const one = join(folder, 'one.jsonl');
    const many = join(folder, 'many.jsonl');
    await writeProblems(one, 1);
    await writeProblems(many, problems);
    say('command line: starting and loading');
    const start = await best(3, () => mathlabel(['label', one, '--mixed']));
    const load = await best(3, loadOnly);
    say(`command line: labelling ${problems} problems, three times and once looking ahead`);
    const labelled = await best(3, () => mathlabel(['label', many, '--mixed', '--out', join(folder, 'labels.jsonl')]));
    const lookingAhead = await mathlabel(['label', many, '--out', join(folder, 'labels.jsonl')]);
    return {
      labelling: {
        problems,
        problemsPerSecond: Math.round(problems / (labelled.seconds - start.seconds)),
        problemsPerSecondLookingAhead: Math.round(problems / (lookingAhead.seconds - start.seconds)),
      },
      start: { seconds: round(start.seconds) },
      load: { seconds: round(load.seconds) },
      train: { seconds: round(train.seconds), maxRssMb: train.maxRssMb },
      model: { bytes },
      memory: { maxRssMb: Math.max(labelled.maxRssMb, lookingAhead.maxRssMb) },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the command line on one core (where `taskset` can say so; training gets all) and measures the whole process. */
export function mathlabel(args, env = {}) {
  const command = [process.execPath, '--import', join(root, 'tools/report-memory.mjs'), join(root, 'apps/cli/bin/mathlabel.mjs'), ...args];
  const pinned = args[0] !== 'train' && existsSync('/usr/bin/taskset') ? ['taskset', '-c', '0', ...command] : command;
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(pinned[0], pinned.slice(1), { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (piece) => (stdout += piece));
    child.stderr.on('data', (piece) => (stderr += piece));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) return reject(new Error(`mathlabel ${args.join(' ')} ended with ${code}\n${stderr}`));
      const kilobytes = Number(/max-rss-kb=(\d+)/.exec(stderr)?.[1] ?? 0);
      resolve({ stdout, seconds: Number(process.hrtime.bigint() - started) / 1e9, maxRssMb: Math.round(kilobytes / 1024) });
    });
  });
}

/** Time from an imported program to a labeler that is ready. */
async function loadOnly() {
  const { openLabeler } = await import('../../apps/cli/dist/open-labeler.js');
  const session = { language: 'en', env: process.env, stdout: process.stdout, stderr: process.stderr, signal: new AbortController().signal };
  const started = performance.now();
  await openLabeler(session);
  return { seconds: (performance.now() - started) / 1000 };
}

/** As many problems as asked for, out of the labelled ones, in an order that mixes their authors. */
async function writeProblems(path, count) {
  const texts = knownTexts();
  const stream = createWriteStream(path);
  for (let i = 0; i < count; i++) stream.write(`${JSON.stringify({ id: String(i), content: texts[(i * 7919) % texts.length] })}\n`);
  await new Promise((resolve) => stream.end(resolve));
}
