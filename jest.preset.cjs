// Shared by every workspace: tests run from the TypeScript sources as native ES modules.
const { existsSync, readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const swc = JSON.parse(readFileSync(join(__dirname, '.swcrc'), 'utf8'));

const sources = Object.fromEntries(
  ['apps', 'libs'].flatMap((group) =>
    readdirSync(join(__dirname, group))
      .map((name) => join(__dirname, group, name))
      .filter((folder) => existsSync(join(folder, 'package.json')))
      .map((folder) => [`^${JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name}$`, join(folder, 'src/index.ts')]),
  ),
);

module.exports = {
  testEnvironment: 'node',
  // A hook that makes an index or a topic may have to wait for a busy server.
  testTimeout: 30_000,
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { ...sources, '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false, sourceMaps: 'inline', module: { type: 'es6' } }] },
  coverageProvider: 'v8',
};
