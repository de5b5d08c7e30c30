// Writes the contracts as documents for readers in any language: `npm run contracts`.
// With `--release`, keeps the present schemas as the next release as well, which every later schema must then stay compatible with.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const library = join(root, 'libs/contracts');
const released = join(library, 'released');

await build({ folders: [join(root, 'libs/curriculum'), library] });
const { EVENTS } = await import('../libs/contracts/dist/events.js');
const { documentsOf } = await import('../libs/contracts/dist/documents.js');
const { incompatibilitiesWith } = await import('../libs/contracts/dist/release.js');

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const documents = documentsOf(EVENTS, version);
rmSync(join(library, 'schemas'), { recursive: true, force: true });
for (const [path, content] of documents) write(join(library, path), content);
console.log(`${documents.size} documents written to libs/contracts`);
if (process.argv.includes('--release')) release();

/** Numbered from 1; a release that would break an earlier one, or that changes nothing, is refused. */
function release() {
  const schemas = [...documents].filter(([path]) => path.startsWith('schemas/')).map(([path, content]) => [path.slice('schemas/'.length), content]);
  const releases = releaseNumbers().map((number) => ({ number, files: filesOf(number) }));
  const broken = releases.flatMap(({ number, files }) => incompatibilitiesWith(schemasIn(files), EVENTS).map((why) => `release ${number}: ${why}`));
  const last = releases.at(-1)?.files;
  if (broken.length > 0) return refuse(`not released:\n${broken.join('\n')}`);
  if (last !== undefined && JSON.stringify([...last].sort()) === JSON.stringify([...schemas].sort())) return refuse(`not released: release ${releases.length} has the same schemas`);
  const next = (releases.at(-1)?.number ?? 0) + 1;
  for (const [name, content] of schemas) write(join(released, String(next), name), content);
  console.log(`release ${next}: ${schemas.length} schemas`);
}

function releaseNumbers() {
  mkdirSync(released, { recursive: true });
  return readdirSync(released).map(Number).sort((a, b) => a - b);
}

function filesOf(number) {
  const folder = join(released, String(number));
  return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
}

function schemasIn(files) {
  return files.map(([, content]) => JSON.parse(content));
}

function refuse(why) {
  console.error(why);
  process.exitCode = 1;
}

function write(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
