#!/usr/bin/env node
// Starts the command line; what must be compiled is compiled on first use. Standard output belongs to the results.
import { build } from '../../../tools/build.mjs';

await build({ onBuild: (files) => process.stderr.write(`mathlabel: 소스를 빌드합니다 · building (${files} files) …\n`) });
const { main } = await import('../dist/main.js');
process.exitCode = await main(process.argv.slice(2));
