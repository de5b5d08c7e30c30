import { Command, CommanderError, Option } from 'commander';
import { InputError } from '@math-labeler/curriculum';
import { curriculumCommand } from './commands/curriculum.command.js';
import { evaluateCommand } from './commands/evaluate.command.js';
import { inspectCommand } from './commands/inspect.command.js';
import { labelCommand } from './commands/label.command.js';
import { trainCommand } from './commands/train.command.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { askedLanguage, chooseLanguage, type Language } from './language.js';
import { programVersion } from './paths.js';
import { type Session, tell } from './session.js';

/** Runs one command line and gives its exit code. Ctrl-C lets what is being written be finished. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort(new Interrupted());
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const session: Session = {
    language: chooseLanguage(askedLanguage(args), process.env),
    env: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    signal: interruption.signal,
  };
  try {
    let code: ExitCode = EXIT.done;
    const program = programOf(session, (result) => (code = result));
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return report(session, error);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

class Interrupted extends Error {}

function programOf(session: Session, onDone: (code: ExitCode) => void): Command {
  const { language } = session;
  const program = new Command('mathlabel')
    .description(
      { ko: '초등 수학 문제의 글을 읽고 2022 개정 교육과정의 성취기준과 성취수준을 붙입니다.', en: 'Labels Korean elementary mathematics problems with the 2022 national curriculum.' }[language],
    )
    .version(programVersion(), '-V, --version', { ko: '버전', en: 'version' }[language])
    .helpOption('-h, --help', { ko: '도움말', en: 'help' }[language])
    .helpCommand('help [command]', { ko: '명령의 도움말', en: 'help for a command' }[language])
    .addOption(new Option('--lang <ko|en>', { ko: '메시지의 언어', en: 'language of messages' }[language]).choices(['ko', 'en']))
    .showHelpAfterError({ ko: '(--help로 사용법을 볼 수 있습니다)', en: '(--help shows the usage)' }[language])
    .exitOverride();
  for (const command of [labelCommand, evaluateCommand, trainCommand, inspectCommand, curriculumCommand]) {
    program.addCommand(command(session, onDone).addOption(languageOption(language)).exitOverride());
  }
  return program;
}

function languageOption(language: Language): Option {
  return new Option('--lang <ko|en>', { ko: '메시지의 언어', en: 'language of messages' }[language]).choices(['ko', 'en']);
}

function report(session: Session, error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.refused;
  if (error instanceof Interrupted || session.signal.aborted) {
    tell(session, { ko: '중단했습니다.', en: 'Interrupted.' });
    return EXIT.interrupted;
  }
  // Whoever reads the results has seen enough (`| head`): that is no failure.
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return EXIT.done;
  if (error instanceof InputError) {
    tell(session, { ko: error.message, en: error.message });
    return EXIT.refused;
  }
  session.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT.failed;
}
