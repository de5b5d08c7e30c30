// Runs what is tested: first two files at a time, since many wait for servers, then alone what starts a dozen processes and kills brokers.
// The last line is `N passed, N failed` of both. `npm test -- PATTERN` runs what matches.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COUNTS, closingLine } from './jest-closing-line.mjs';

const DOZEN = 'tools/cluster/several-instances';
const given = process.argv.slice(2);
const rounds = given.length > 0 ? [given] : [['--maxWorkers=2', '--testPathIgnorePatterns', DOZEN], ['--runInBand', '--testPathPatterns', DOZEN]];

const folder = mkdtempSync(join(tmpdir(), 'math-labeler-counts-'));
const env = { ...process.env, [COUNTS]: folder };
const ends = rounds.map((args) => spawnSync(process.execPath, ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...args], { stdio: 'inherit', env }).status ?? 1);
process.exitCode = Math.max(...ends);
process.stdout.write(closingLine(folder, rounds.length));
rmSync(folder, { recursive: true });
