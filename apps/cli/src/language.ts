export type Language = 'ko' | 'en';

/** The language to speak: asked for, or the locale's; Korean unless either says English. */
export function chooseLanguage(asked: string | undefined, env: NodeJS.ProcessEnv): Language {
  if (asked === 'ko' || asked === 'en') return asked;
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return /^en(?:[_.-]|$)/i.test(locale) ? 'en' : 'ko';
}

/** `--lang` is wanted before the options are parsed, as help is translated too. */
export function askedLanguage(args: readonly string[]): string | undefined {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  if (at < 0) return undefined;
  return args[at].includes('=') ? args[at].slice('--lang='.length) : args[at + 1];
}

/** Gives of a Korean and an English wording the one in this language. */
export function wordsIn(language: Language): (ko: string, en: string) => string {
  return (ko, en) => ({ ko, en })[language];
}
