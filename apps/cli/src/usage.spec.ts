import { Command, CommanderError, Option } from 'commander';
import { speakLanguage } from './usage.js';

/** What a program says when it is called like this. */
function said(language: 'ko' | 'en', args: readonly string[]): string {
  let text = '';
  const listen = (command: Command): Command => {
    const speaking = speakLanguage(command, language);
    return speaking.configureOutput({ ...speaking.configureOutput(), writeOut: (piece) => (text += piece), writeErr: (piece) => (text += piece) });
  };
  const label = new Command('label').argument('<file>', 'problems').addOption(new Option('--share <number>').default(0.03)).option('--json', 'JSON', false).action(() => {});
  try {
    listen(new Command('mathlabel')).addCommand(listen(label)).parse([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
  }
  return text;
}

test.each([
  [['label'], '오류: 인수가 빠졌습니다: file'],
  [['label', 'a', '--speed'], '오류: 모르는 옵션입니다: --speed'],
  [['label', 'a', '--jsn'], '오류: 모르는 옵션입니다: --jsn\n(혹시 --json?)'],
  [['label', 'a', '--share'], '오류: 옵션에 값이 없습니다: --share <number>'],
  [['label', 'a', '--lang', 'fr'], '오류: 옵션 --lang <ko|en>의 값이 잘못되었습니다: fr. ko, en 중 하나여야 합니다.'],
  [['label', 'a', 'b'], '오류: label의 인수가 너무 많습니다: 1개여야 하는데 2개입니다.'],
  [['labl'], '오류: 모르는 명령입니다: labl\n(혹시 label?)'],
])('%j is answered in Korean, and --help is pointed to', (args, complaint) => {
  expect(said('ko', args)).toBe(`${complaint}\n(--help로 사용법을 볼 수 있습니다)\n`);
});

test('an English reader gets the same in English', () => {
  expect(said('en', ['label'])).toBe("error: missing required argument 'file'\n(--help shows the usage)\n");
});

test('help has Korean headings, and shows a default only where it tells something', () => {
  const help = said('ko', ['label', '--help']);
  for (const heading of ['사용법:', '인수:', '옵션:', '(기본값 0.03)']) expect(help).toContain(heading);
  expect(help).not.toMatch(/Usage|Options|default|false/);
  expect(said('en', ['label', '--help'])).toMatch(/^Usage: [^]*Options:[^]*\(default 0\.03\)/);
});
