// Runs what is tested, two files at a time, since many wait for servers. The last line is `N passed, N failed`. `npm test -- PATTERN` runs what matches.
// What starts a dozen processes and kills brokers needs a machine of its own: `npm run test:cluster`.
import { spawnSync } from 'node:child_process';

const given = process.argv.slice(2);
const wanted = given.length > 0 ? given : ['--maxWorkers=2', '--testPathIgnorePatterns', 'tools/cluster/'];
const { status } = spawnSync(process.execPath, ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...wanted], { stdio: 'inherit' });
process.exitCode = status ?? 1;
