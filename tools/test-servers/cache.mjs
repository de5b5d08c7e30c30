// Where downloads and what is built from them stay between runs, outside the repository.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Unavailable, needLinuxX64, needPrograms } from './machine.mjs';

export const run = promisify(execFile);

export const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'math-labeler', 'test-servers');

/** A short hash of the files (folders: everything in them) and words that a server is made from. @param {string[]} parts */
export function stampOf(parts) {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(`\0${part}\0`);
    if (!part.startsWith('/') || !existsSync(part)) continue;
    for (const file of filesIn(part)) hash.update(`\0${file}\0`).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).sort().flatMap((name) => filesIn(join(path, name)));
}

/**
 * The folder with a server's files, made when it is not there or made from something else: in one step and by one process at a time.
 * @param {{ kind: import('./machine.mjs').Kind, stamp: string }} recipe
 * @returns {Promise<string>} its absolute path; `Unavailable` when it cannot be had
 */
export async function serverHome({ kind, stamp }) {
  const home = join(cacheFolder, `${kind}-${stamp}`);
  if (existsSync(home)) return home;
  needLinuxX64();
  needPrograms('flock');
  mkdirSync(cacheFolder, { recursive: true });
  try {
    await run('flock', [join(cacheFolder, `${kind}.lock`), process.execPath, join(import.meta.dirname, 'make-home.mjs'), kind, home], { maxBuffer: 2 ** 26 });
  } catch (error) {
    const last = `${error.stdout}\n${error.stderr}`.trim().slice(-1500);
    throw new Unavailable({ ko: '내려받거나 만들지 못했습니다', en: `could not be downloaded or built:\n${last}` }, { cause: error });
  }
  return home;
}

/** Fills a new folder and puts it in place. @param {(folder: string) => Promise<void>} fill */
export async function makeHome(home, fill) {
  if (existsSync(home)) return;
  const fresh = `${home}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  await fill(fresh);
  renameSync(fresh, home);
}

/** Lays the jars of a pom out in a folder. */
export async function copyDependencies(pomFolder, folder) {
  const target = `${folder}.pom`;
  mkdirSync(target, { recursive: true });
  // Maven may write beside the pom, so it works on a copy.
  writeFileSync(join(target, 'pom.xml'), readFileSync(join(pomFolder, 'pom.xml')));
  await run('mvn', ['-B', '-ntp', '-q', '-C', 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${folder}`], {
    cwd: target,
    maxBuffer: 2 ** 26,
  });
  rmSync(target, { recursive: true });
}
