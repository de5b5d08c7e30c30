import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root, textOf } from './deploy-files.fixture.js';

const run = promisify(execFile);

/** Every command line of `mathlabel` that a text tells its reader to type: its words, and its options. */
function commandsIn(text: string): string[] {
  const lines = [...text.matchAll(/(?:^|[`\s])mathlabel((?: (?:[a-z][a-z-]*|--[a-z-]+))+)/gm)].map(([, words]) => words.trim());
  return [...new Set(lines.map((line) => line.split(' ').filter((word, index) => index < 2 || word.startsWith('--')).join(' ')))];
}

const guides = ['deploy/prepare.sh', 'docs/operations.md', 'docs/operations.ko.md', 'deploy/kafka/README.md', 'docker-compose.yml'];
const commands = [...new Set(guides.flatMap((guide) => commandsIn(textOf(guide))))].sort();

describe('what deploy steps and guides tell to type', () => {
  test('there is something', () => {
    expect(commands).toEqual(expect.arrayContaining(['topics apply --acls', 'db migrate', 'index build --swap', 'keys add --role']));
  });

  test.each(commands)('mathlabel %s', async (line) => {
    const words = line.split(' ');
    const names = words.filter((word) => !word.startsWith('--'));
    const { stdout } = await run(process.execPath, [join(root, 'apps/cli/bin/mathlabel.mjs'), ...names, '--help']);
    expect(stdout).toMatch(new RegExp(`mathlabel ${names.join(' ')}\\b`));
    for (const option of words.filter((word) => word.startsWith('--'))) expect(stdout).toMatch(new RegExp(`${option}\\b`));
  });

  test('both languages of the guide have the same sections and commands', () => {
    const shape = (guide: string) => ({ sections: textOf(guide).match(/^#+/gm), commands: commandsIn(textOf(guide)).sort(), fences: textOf(guide).match(/^```/gm)?.length });
    expect(shape('docs/operations.ko.md')).toEqual(shape('docs/operations.md'));
  });
});
