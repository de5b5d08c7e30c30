import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const project = join(import.meta.dirname, '../../../..');

/** Whether the driver is among the modules of a process that has done this with the built product. */
function isDriverLoaded(script: string): boolean {
  const asked = `${script}\nimport { createRequire } from 'node:module'; console.log(String(Object.keys(createRequire(import.meta.url).cache).some((file) => /node_modules.(mongoose|mongodb)./.test(file))));`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', asked], { cwd: project, encoding: 'utf8' }).trim() === 'true';
}

test('the driver is loaded by who opens a store on MongoDB, and by nobody else', () => {
  expect(isDriverLoaded("import '@math-labeler/storage'; import '@math-labeler/ingestion'; import '@math-labeler/gateway'; import '@math-labeler/confidence-agent';")).toBe(false);
  expect(isDriverLoaded("import { openMongoStore } from '@math-labeler/storage'; await openMongoStore('mongodb://127.0.0.1:1/');")).toBe(true);
}, 60_000);
