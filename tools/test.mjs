// Runs what is tested: two files at a time, since many wait for servers; then, alone, those that need the whole machine for a dozen processes.
// The last line is `N passed, N failed`. `npm test -- PATTERN` runs what matches.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HEAVY = 'tools/cluster/';
const given = process.argv.slice(2);
const phases = given.length > 0 ? [given] : [['--maxWorkers=2', '--testPathIgnorePatterns', HEAVY], ['--runInBand', '--testPathPatterns', HEAVY]];

const folder = mkdtempSync(join(tmpdir(), 'math-labeler-test-'));
const totals = join(folder, 'totals');
try {
  const codes = phases.map((phase) => spawnSync(process.execPath, ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...phase], { stdio: 'inherit', env: { ...process.env, TEST_TOTALS: totals } }).status ?? 1);
  const [passed, failed, skipped] = readFileSync(totals, 'utf8').trim().split('\n').map((line) => line.split(' ').map(Number)).reduce((sum, one) => sum.map((value, i) => value + one[i]));
  if (phases.length > 1) console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = Math.max(...codes);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
