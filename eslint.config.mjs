import nx from '@nx/eslint-plugin';
import ts from 'typescript-eslint';

/** Import directions between workspaces, by the Nx tags in their package.json; tools/boundaries.spec.ts proves each refusal. */
const directions = [
  { sourceTag: 'type:pure', onlyDependOnLibsWithTags: ['type:pure'] },
  { sourceTag: 'type:lib', onlyDependOnLibsWithTags: ['type:pure', 'type:lib'] },
  { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:pure', 'type:lib'] },
  { sourceTag: 'type:composer', onlyDependOnLibsWithTags: ['type:pure', 'type:lib', 'type:app'] },
];

export const pureLibraries = ['curriculum', 'problem-text', 'local-model', 'evaluation', 'confidence'];

const input = ['fs', 'fs/promises', 'http', 'https', 'net', 'child_process', 'dns', 'dgram', 'tls'];

export default ts.config(
  { ignores: ['**/dist/**', '**/node_modules/**', 'var/**', '.nx/**'] },
  ...ts.configs.recommended,
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts', 'tools/**/*.ts'],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { enforceBuildableLibDependency: false, allow: [], depConstraints: directions }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
    },
  },
  {
    files: pureLibraries.map((name) => `libs/${name}/src/**/*.ts`),
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: input.flatMap((name) => [name, `node:${name}`]).map((name) => ({ name, message: 'A pure library does no input or output: take the data as an argument.' })),
          patterns: [{ group: ['@nestjs/*'], message: 'A pure library knows no framework.' }],
        },
      ],
      'no-restricted-globals': ['error', { name: 'fetch', message: 'A pure library does no input or output.' }],
    },
  },
);
