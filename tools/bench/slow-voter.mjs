// A voter that takes as long as an LLM, on one partition: how many problems a second, in order per key, and never a commit past an unfinished event?
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { say } from './figures.mjs';

const child = fileURLToPath(new URL('./slow-voter-server.mjs', import.meta.url));

export async function measureSlowVoter(models) {
  say('slow voter: about half a minute');
  const folder = mkdtempSync(join(tmpdir(), 'mathlabel-bench-slow-'));
  try {
    cpSync(models, join(folder, 'models'), { recursive: true });
    return { slowVoter: await run({ DATA_DIR: folder, PORT: '0', HOST: '127.0.0.1', PARTITIONS: '1', MAX_IN_FLIGHT: '64', LOG_LEVEL: 'error' }) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(env) {
  return new Promise((resolve, reject) => {
    const running = spawn(process.execPath, [child], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
    let stdout = '';
    running.stdout.on('data', (piece) => (stdout += piece));
    running.on('close', (code) => (code === 0 ? resolve(JSON.parse(stdout)) : reject(new Error(`the slow voter ended with ${code}`))));
  });
}
