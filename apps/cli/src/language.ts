import { type Bilingual } from '@math-labeler/curriculum';

export type Language = 'ko' | 'en';

/** The language to speak: asked for, or the locale's; Korean unless either says English. */
export function chooseLanguage(asked: string | undefined, env: NodeJS.ProcessEnv): Language {
  if (asked === 'ko' || asked === 'en') return asked;
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return /^en\b|^en_/i.test(locale) ? 'en' : 'ko';
}

/** `--lang` is wanted before the options are parsed, as help is translated too. */
export function askedLanguage(args: readonly string[]): string | undefined {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  if (at < 0) return undefined;
  return args[at].includes('=') ? args[at].slice('--lang='.length) : args[at + 1];
}

export function say(language: Language, message: Bilingual): string {
  return message[language];
}
