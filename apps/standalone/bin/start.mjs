#!/usr/bin/env node
// Starts everything in one process; what must be compiled is compiled first.
import { build } from '../../../tools/build.mjs';

await build({ onBuild: (files) => process.stderr.write(`소스를 빌드합니다 · building (${files} files) …\n`) });
const { main } = await import('../dist/main.js');
process.exit(await main(process.env));
