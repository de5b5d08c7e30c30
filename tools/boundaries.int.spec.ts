import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

interface Case {
  readonly name: string;
  readonly workspace: string;
  readonly code: string;
  /** The rule and the words that refuse it; none when it is allowed. */
  readonly refusal?: readonly [rule: string, message: RegExp];
}

const boundaries = '@nx/enforce-module-boundaries';
const onlyPure = /tagged with "type:pure" can only depend on libs tagged with "type:pure"$/;
const onlyLibraries = /tagged with "type:(lib|app)" can only depend on libs tagged with "type:pure", "type:lib"$/;
const noInput = /does no input or output/;

const cases: readonly Case[] = [
  ...['fs', 'node:fs', 'node:fs/promises', 'node:http', 'node:https', 'node:net', 'node:child_process', 'node:process', 'node:readline'].map((module): Case => ({
    name: `a pure library importing ${module}`, workspace: 'libs/curriculum', code: `import '${module}';`, refusal: ['no-restricted-imports', noInput],
  })),
  { name: 'a pure library re-exporting node:fs', workspace: 'libs/problem-text', code: "export * from 'node:fs';", refusal: ['no-restricted-imports', noInput] },
  { name: 'a pure library loading a module while it runs', workspace: 'libs/local-model', code: "export const module = import('node:fs');", refusal: ['no-restricted-syntax', /loads nothing/] },
  { name: 'a pure library importing Nest', workspace: 'libs/evaluation', code: "import '@nestjs/common';", refusal: ['no-restricted-imports', /knows no framework/] },
  ...['fetch', 'globalThis.fetch', 'process.env', 'console.log'].map((name): Case => ({
    name: `a pure library using ${name}`, workspace: 'libs/confidence', code: `export const used = ${name};`,
    refusal: ['no-restricted-globals', noInput],
  })),
  ...['storage', 'search', 'problem-files'].map((library): Case => ({
    name: `a pure library importing ${library}`, workspace: 'libs/confidence', code: `import '@math-labeler/${library}';`, refusal: [boundaries, onlyPure],
  })),
  { name: 'a library importing an app', workspace: 'libs/search', code: "import '@math-labeler/example-service';", refusal: [boundaries, onlyLibraries] },
  { name: 'a pure library importing an app', workspace: 'libs/confidence', code: "import '@math-labeler/example-service';", refusal: [boundaries, onlyPure] },
  { name: 'an app importing an app', workspace: 'apps/example-service', code: "import '@math-labeler/other-service';", refusal: [boundaries, onlyLibraries] },
  { name: 'a relative import across libraries', workspace: 'libs/storage', code: "export * from '../../curriculum/src/index.js';", refusal: [boundaries, /cannot be imported by a relative or absolute path/] },
  { name: 'a relative import of an app', workspace: 'apps/example-service', code: "export * from '../../other-service/src/index.js';", refusal: [boundaries, /cannot be imported by a relative or absolute path/] },
  { name: 'a circular import', workspace: 'libs/evaluation', code: "import '@math-labeler/local-model';", refusal: [boundaries, /Circular dependency/] },
  { name: 'an import from the inside of a library', workspace: 'libs/storage', code: "import '@math-labeler/curriculum/src/bilingual.js';", refusal: ['no-restricted-imports', /by its name/] },
  { name: 'an import from the inside of a library, by a pure one', workspace: 'libs/evaluation', code: "import '@math-labeler/curriculum/dist/bilingual.js';", refusal: ['no-restricted-imports', /by its name/] },
  { name: 'a default export', workspace: 'libs/search', code: 'export default 1;', refusal: ['no-restricted-exports', /default/] },

  { name: 'a pure library importing a pure one', workspace: 'libs/local-model', code: "import '@math-labeler/evaluation';" },
  { name: 'a pure library computing a checksum', workspace: 'libs/local-model', code: "import 'node:crypto';" },
  { name: 'a library reading files', workspace: 'libs/storage', code: "import 'node:fs';" },
  { name: 'a library importing a library', workspace: 'libs/search', code: "import '@math-labeler/storage';" },
  { name: 'a library importing a pure one', workspace: 'libs/storage', code: "import '@math-labeler/local-model';" },
  { name: 'an app importing libraries', workspace: 'apps/example-service', code: "import '@math-labeler/search';\nimport '@math-labeler/confidence';" },
  { name: 'a composing app importing an app', workspace: 'apps/cli', code: "import '@math-labeler/example-service';" },
];

const fileOf = (index: number) => join(cases[index].workspace, 'src', `case-${index}.ts`);

/** A copy of the repository without its sources: the same settings and the same tags, an own folder for the cases, and two more apps. */
function copyWorkspace(folder: string): void {
  for (const file of ['eslint.config.mjs', 'nx.json', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.base.json']) cpSync(join(root, file), join(folder, file));
  const packages = new Map<string, string>();
  for (const group of ['apps', 'libs']) {
    for (const name of readdirSync(join(root, group))) {
      const description = join(root, group, name, 'package.json');
      if (existsSync(description)) packages.set(`${group}/${name}`, readFileSync(description, 'utf8'));
    }
  }
  for (const name of ['example-service', 'other-service']) {
    packages.set(`apps/${name}`, JSON.stringify({ name: `@math-labeler/${name}`, version: '0.1.0', type: 'module', exports: { '.': { types: './src/index.ts' } }, nx: { tags: ['type:app'] } }));
  }
  mkdirSync(join(folder, 'node_modules', '@math-labeler'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules')).filter((name) => name !== '@math-labeler')) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  for (const [path, description] of packages) {
    mkdirSync(join(folder, path, 'src'), { recursive: true });
    writeFileSync(join(folder, path, 'package.json'), description);
    writeFileSync(join(folder, path, 'src', 'index.ts'), 'export {};\n');
    symlinkSync(join(folder, path), join(folder, 'node_modules', JSON.parse(description).name));
  }
  cases.forEach(({ code }, index) => writeFileSync(join(folder, fileOf(index)), `${code}\n`));
}

interface Report {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

const run = promisify(execFile);
const bin = (path: string) => join(root, 'node_modules', path);

/** Runs the real ESLint with the real settings over all cases at once. */
async function lint(folder: string): Promise<readonly Report[]> {
  // The boundary rule reads the project graph that an nx command leaves behind, and passes everything without one.
  await run(process.execPath, [bin('nx/dist/bin/nx.js'), 'show', 'projects'], { cwd: folder });
  const { stdout } = await run(process.execPath, [bin('eslint/bin/eslint.js'), '--format', 'json', 'apps', 'libs'], { cwd: folder }).catch(
    (failure: { code: number; stdout: string; stderr: string }) => {
      // 1 means that something was refused, which is what the cases are for.
      if (failure.code !== 1) throw failure;
      return failure;
    },
  );
  return JSON.parse(stdout);
}

describe('import boundaries', () => {
  let folder: string;
  let reports: ReadonlyMap<string, Report['messages']>;

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'math-labeler-boundaries-')));
    copyWorkspace(folder);
    reports = new Map((await lint(folder)).map(({ filePath, messages }) => [filePath, messages]));
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(cases.map((example, index) => ({ ...example, index })))('$name', ({ index, refusal }) => {
    const messages = reports.get(join(folder, fileOf(index)))?.map(({ ruleId, message }) => ({ ruleId, message }));
    expect(messages).toEqual(refusal === undefined ? [] : [{ ruleId: refusal[0], message: expect.stringMatching(refusal[1]) }]);
  });
});
