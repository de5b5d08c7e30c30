#!/usr/bin/env node
// Starts one service in a process of its own: `node tools/start.mjs labeling`. What must be compiled is compiled first.
import { build } from './build.mjs';

const service = process.argv[2];
await build({ onBuild: (files) => process.stderr.write(`소스를 빌드합니다 · building (${files} files) …\n`) });
await import(`../apps/${service}/dist/main.js`);
