import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuseOverwriting } from './overwriting.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mathlabel-overwriting-'));
  mkdirSync(join(folder, 'items'));
  writeFileSync(join(folder, 'problems.jsonl'), '{"text":"3 + 5"}\n');
  symlinkSync(join(folder, 'problems.jsonl'), join(folder, 'link.jsonl'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const refusal = (inputs: readonly string[], outputs: readonly (string | undefined)[]) => {
  const at = (name: string | undefined) => (name === undefined || name === '-' ? name : join(folder, name));
  return refuseOverwriting(inputs.map((name) => at(name)!), outputs.map(at)).then(
    () => 'allowed',
    (error: { code: string }) => error.code,
  );
};

test.each([
  ['a file over itself', ['problems.jsonl'], ['problems.jsonl'], 'CLI.OVERWRITES_INPUT'],
  ['a file over itself by another name', ['problems.jsonl'], ['link.jsonl'], 'CLI.OVERWRITES_INPUT'],
  ['errors over a file that is read', ['problems.jsonl'], ['out.jsonl', 'items/../problems.jsonl'], 'CLI.OVERWRITES_INPUT'],
  ['a new file into a folder that is read', ['items'], ['items/labels.jsonl'], 'CLI.OVERWRITES_INPUT'],
  ['results and errors into one file', ['problems.jsonl'], ['out.jsonl', 'out.jsonl'], 'CLI.SAME_OUTPUT'],
  ['a file beside what is read', ['problems.jsonl', 'items', '-', 'missing.jsonl'], ['labels.jsonl', 'errors.jsonl'], 'allowed'],
  ['a file whose name begins like the folder’s', ['items'], ['items-labels.jsonl'], 'allowed'],
  ['nothing but standard output', ['problems.jsonl'], [undefined, undefined], 'allowed'],
])('%s: %j to %j is %s', async (_, inputs, outputs, expected) => {
  expect(await refusal(inputs, outputs)).toBe(expected);
});
