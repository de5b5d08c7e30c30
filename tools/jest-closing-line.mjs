import { writeSync } from 'node:fs';
import { RUN, missingServers } from './test-servers/shared.mjs';

/**
 * Ends a test run with one line that people and scripts can read: `N passed, N failed`, below everything other reporters say;
 * above it the servers that could not run on this machine, so that nothing is skipped in silence.
 */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${results.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`;
    const missing = missingServers(process.env[RUN]).map((sentence) => `${sentence}\n`);
    process.once('exit', () => writeSync(1, missing.join('') + line));
  }
}
