import { Command } from 'commander';
import { labelingOptions } from './options.js';

function parse(args: readonly string[]): Record<string, unknown> {
  const command = new Command('label').exitOverride().configureOutput({ writeErr: () => {} });
  for (const option of labelingOptions('en')) command.addOption(option);
  return command.parse([...args], { from: 'user' }).opts();
}

test('without options, sources are not mixed and 3 % of what is accepted may be wrong', () => {
  expect(parse([])).toEqual({ mixed: false, errorTarget: 0.03 });
});

test.each([
  ['3', { band: '3-4', year: 3 }],
  ['3-1', { band: '3-4', year: 3, semester: 1 }],
  ['5학년', { band: '5-6', year: 5 }],
  ['3~4학년군', { band: '3-4' }],
])('--grade %s is read', (grade, told) => {
  expect(parse(['--grade', grade])['grade']).toEqual(told);
});

test.each([
  ['--grade', '중1'],
  ['--grade', '7'],
  ['--grade', ''],
  ['--error-target', '0'],
  ['--error-target', '1'],
  ['--error-target', 'three'],
])('%s %s is refused', (option, value) => {
  expect(() => parse([option, value])).toThrow(expect.objectContaining({ code: 'commander.invalidArgument' }));
});
