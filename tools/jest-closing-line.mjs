import { readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { RUN, missingServers } from './test-servers/shared.mjs';

/** Names the folder in which a run leaves its counts for the line that ends several of them; without it the run ends with the line itself. */
export const COUNTS = 'MATHLABEL_TEST_COUNTS';

/**
 * Ends a test run with one line that people and scripts can read: `N passed, N failed`, below everything other reporters say;
 * above it the servers that could not run on this machine, so that nothing is skipped in silence.
 */
export default class ClosingLine {
  onRunComplete(_contexts, { numPassedTests: passed, numFailedTests, numRuntimeErrorTestSuites, numPendingTests, numTodoTests }) {
    const counts = { passed, failed: numFailedTests + numRuntimeErrorTestSuites, skipped: numPendingTests + numTodoTests, missing: missingServers(process.env[RUN]) };
    const folder = process.env[COUNTS];
    if (folder === undefined) process.once('exit', () => writeSync(1, lineOf([counts])));
    else writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify(counts));
  }
}

/** Of `runs` runs that were to leave their counts there; one that has not counts as a failure. @param {string} folder @param {number} runs */
export function closingLine(folder, runs) {
  const counts = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  return lineOf([...counts, { passed: 0, failed: runs - counts.length, skipped: 0, missing: [] }]);
}

function lineOf(runs) {
  const sum = (count) => runs.reduce((total, run) => total + run[count], 0);
  const missing = [...new Set(runs.flatMap((run) => run.missing))].map((sentence) => `${sentence}\n`);
  return `${missing.join('')}${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}\n`;
}
