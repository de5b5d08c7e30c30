import { type Command, Option } from 'commander';
import { type Language, wordsIn } from './language.js';

/** Makes a command speak the language throughout: its help, and its complaints about how it was called. */
export function speakLanguage(command: Command, language: Language): Command {
  const words = wordsIn(language);
  return command
    .helpOption('-h, --help', words('도움말', 'help'))
    .addOption(new Option('--lang <ko|en>', words('메시지의 언어', 'language of messages')).choices(['ko', 'en']))
    .showHelpAfterError(words('(--help로 사용법을 볼 수 있습니다)', '(--help shows the usage)'))
    .configureHelp({
      styleTitle: (title) => (language === 'ko' ? (TITLES[title] ?? title) : title),
      optionDescription: ({ description, defaultValue }) => (typeof defaultValue === 'number' ? `${description} (${words('기본값', 'default')} ${defaultValue})` : description),
    })
    .configureOutput({ outputError: (message, write) => write(language === 'ko' ? koreanUsageError(message) : message) })
    .exitOverride();
}

const TITLES: Readonly<Record<string, string>> = { 'Usage:': '사용법:', 'Arguments:': '인수:', 'Options:': '옵션:', 'Commands:': '명령:' };

/** Commander speaks English only. What is not in the list stays as it is. */
const COMPLAINTS: readonly (readonly [RegExp, string])[] = [
  [/missing required argument '(.*?)'/, '인수가 빠졌습니다: $1'],
  [/option '(.*?)' argument missing/, '옵션에 값이 없습니다: $1'],
  [/command-argument value '(.*?)' is invalid for argument '(.*?)'\./s, '인수 $2의 값이 잘못되었습니다: $1.'],
  [/option '(.*?)' argument '(.*?)' is invalid\./s, '옵션 $1의 값이 잘못되었습니다: $2.'],
  [/required option '(.*?)' not specified/, '옵션이 빠졌습니다: $1'],
  [/unknown option '(.*?)'/s, '모르는 옵션입니다: $1'],
  [/unknown command '(.*?)'/s, '모르는 명령입니다: $1'],
  [/too many arguments for '(.*?)'\. Expected (\d+) arguments? but got (\d+)\./, '$1의 인수가 너무 많습니다: $2개여야 하는데 $3개입니다.'],
  [/\(Did you mean (?:one of )?(.*?)\?\)/, '(혹시 $1?)'],
  [/Allowed choices are (.*?)\./, '$1 중 하나여야 합니다.'],
  [/^error: /, '오류: '],
];

/** Commander's complaint about how the program was called, in Korean. */
export function koreanUsageError(message: string): string {
  return COMPLAINTS.reduce((text, [english, korean]) => text.replace(english, korean), message);
}
