// Compiles every workspace's TypeScript (src -> dist) with swc: `node tools/build.mjs [workspace folder…]`.
// A file is compiled again only when it is newer than its output, so the command costs little when nothing changed.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Every workspace folder (`apps/*`, `libs/*`), absolute. */
export function workspaces() {
  return ['apps', 'libs'].flatMap((group) =>
    readdirSync(join(root, group))
      .map((name) => join(root, group, name))
      .filter((folder) => existsSync(join(folder, 'package.json'))),
  );
}

/** The sources of a workspace that have no fresh output, and the outputs that have no source. */
function plan(folder) {
  const src = join(folder, 'src');
  const dist = join(folder, 'dist');
  if (!existsSync(src)) return { stale: [], orphans: [] };
  const settings = statSync(join(root, '.swcrc')).mtimeMs;
  const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.(?:spec|behaviour|fixture)\.ts$/.test(file),
  );
  const output = (file) => join(dist, file.replace(/\.ts$/, '.js'));
  const stale = sources.filter((file) => {
    if (!existsSync(output(file))) return true;
    const built = statSync(output(file)).mtimeMs;
    return built < statSync(join(src, file)).mtimeMs || built < settings;
  });
  const expected = new Set(sources.map((file) => output(file)));
  const orphans = existsSync(dist)
    ? readdirSync(dist, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.js'))
        .map((file) => join(dist, file))
        .filter((file) => !expected.has(file))
    : [];
  return { stale: stale.map((file) => ({ from: join(src, file), to: output(file) })), orphans };
}

/**
 * In one step, so that an interrupted build, or two at once, never leave half a file that looks fresh; dated when the build began,
 * so that a source which is edited meanwhile is newer than its output.
 */
function replaceFile(path, content, date) {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  utimesSync(temporary, date, date);
  renameSync(temporary, path);
}

/**
 * Brings every `dist` up to date.
 * @param {{ folders?: string[], onBuild?: (files: number) => void }} options `onBuild` is told before anything is compiled.
 * @returns {Promise<number>} how many files were compiled
 */
export async function build({ folders = workspaces(), onBuild = () => {} } = {}) {
  const began = new Date();
  const plans = folders.map(plan);
  for (const file of plans.flatMap(({ orphans }) => orphans)) {
    rmSync(file, { force: true });
    rmSync(`${file}.map`, { force: true });
  }
  const stale = plans.flatMap(({ stale }) => stale);
  if (stale.length === 0) return 0;
  onBuild(stale.length);
  const { transformFile } = await import('@swc/core');
  const options = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));
  await Promise.all(
    stale.map(async ({ from, to }) => {
      const { code, map } = await transformFile(from, { ...options, swcrc: false, filename: from, sourceFileName: relative(dirname(to), from) });
      mkdirSync(dirname(to), { recursive: true });
      replaceFile(`${to}.map`, map, began);
      replaceFile(to, `${code}\n//# sourceMappingURL=${basename(to)}.map\n`, began);
    }),
  );
  return stale.length;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const folders = process.argv.slice(2).map((folder) => resolve(folder));
  await build(folders.length > 0 ? { folders } : {});
}
