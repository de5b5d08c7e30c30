const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const preset = require('./jest.preset.cjs');

const folders = [
  ...['apps', 'libs'].flatMap((group) => readdirSync(join(__dirname, group)).map((name) => `${group}/${name}/src`)),
  'tools',
].filter((folder) => existsSync(join(__dirname, folder)));

/** One run over all workspaces. `x.spec.ts` needs nothing, `*.int.spec.ts` and `*.e2e.spec.ts` run with `npm test`. */
module.exports = {
  ...preset,
  rootDir: __dirname,
  roots: folders.map((folder) => join(__dirname, folder)),
  testMatch: ['**/*.spec.ts'],
  globalSetup: '<rootDir>/tools/test-servers/jest-begin.mjs',
  globalTeardown: '<rootDir>/tools/test-servers/jest-end.mjs',
  reporters: ['default', '<rootDir>/tools/jest-closing-line.mjs'],
};
