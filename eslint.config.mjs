import { builtinModules } from 'node:module';
import nx from '@nx/eslint-plugin';
import ts from 'typescript-eslint';

/** Import directions between workspaces, by the Nx tags in their package.json; tools/boundaries.int.spec.ts proves each refusal. */
const directions = [
  { sourceTag: 'type:pure', onlyDependOnLibsWithTags: ['type:pure'] },
  { sourceTag: 'type:lib', onlyDependOnLibsWithTags: ['type:pure', 'type:lib'] },
  { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:pure', 'type:lib'] },
  { sourceTag: 'type:composer', onlyDependOnLibsWithTags: ['type:pure', 'type:lib', 'type:app', 'type:composer'] },
];

export const pureLibraries = ['curriculum', 'problem-text', 'local-model', 'evaluation', 'confidence', 'contracts', 'prompt'];

/** The modules of Node that only compute; every other one reaches the world outside. */
const computing = ['assert', 'buffer', 'crypto', 'util', 'worker_threads', 'zlib'];
const reaching = builtinModules.map((name) => name.replace(/^node:/, '')).filter((name) => !computing.includes(name.split('/')[0]));

const noInput = 'A pure library does no input or output: take the data as an argument.';
const boundaries = { enforceBuildableLibDependency: false, allow: [], depConstraints: directions };
/** What tests may take from another workspace: the servers that they share, and its fixtures, which no library offers. */
const testSupport = String.raw`^(\.\./)+(tools/test-servers/[\w/-]+\.mjs|.+\.fixture\.js)$`;
const deepImport = { group: ['@math-labeler/*/*'], message: 'Import a library by its name: what it offers stands in its src/index.ts.' };

export default ts.config(
  { ignores: ['**/dist/**', '**/node_modules/**', 'var/**', '.nx/**'] },
  ...ts.configs.recommended,
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts', 'tools/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'no-restricted-imports': ['error', { patterns: [deepImport] }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
    },
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    plugins: { '@nx': nx },
    rules: { '@nx/enforce-module-boundaries': ['error', boundaries] },
  },
  {
    files: ['apps', 'libs'].flatMap((group) => ['spec', 'behaviour', 'fixture'].map((kind) => `${group}/**/*.${kind}.ts`)),
    ignores: pureLibraries.map((name) => `libs/${name}/**`),
    rules: { '@nx/enforce-module-boundaries': ['error', { ...boundaries, allow: [testSupport] }] },
  },
  {
    files: pureLibraries.map((name) => `libs/${name}/src/**/*.ts`),
    ignores: ['**/*.{spec,fixture}.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: reaching.flatMap((name) => [name, `node:${name}`]).map((name) => ({ name, message: noInput })),
          patterns: [deepImport, { group: ['@nestjs/*'], message: 'A pure library knows no framework.' }],
        },
      ],
      'no-restricted-syntax': ['error', { selector: 'ImportExpression', message: 'A pure library loads nothing while it runs.' }],
      'no-restricted-globals': ['error', { globals: ['fetch', 'process', 'console'].map((name) => ({ name, message: noInput })), checkGlobalObject: true }],
    },
  },
);
