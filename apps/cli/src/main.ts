import { Command, CommanderError } from 'commander';
import { InputError } from '@math-labeler/curriculum';
import { productVersion } from '@math-labeler/storage';
import { calibrateCommand } from './commands/calibrate.command.js';
import { costCommand } from './commands/cost.command.js';
import { curriculumCommand } from './commands/curriculum.command.js';
import { dbCommand } from './commands/db.command.js';
import { evaluateCommand } from './commands/evaluate.command.js';
import { indexCommand } from './commands/index.command.js';
import { inspectCommand } from './commands/inspect.command.js';
import { keysCommand } from './commands/keys.command.js';
import { knowledgeCommand } from './commands/knowledge.command.js';
import { labelCommand } from './commands/label.command.js';
import { topicsCommand } from './commands/topics.command.js';
import { trainCommand } from './commands/train.command.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { faultLine } from './fault-list.js';
import { askedLanguage, chooseLanguage, wordsIn } from './language.js';
import { type Session, tell } from './session.js';
import { speakLanguage } from './usage.js';

/** Runs one command line and gives its exit code. Ctrl-C lets what is being written be finished; a second one ends the program at once. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort(new Interrupted());
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  // Whoever reads the output has seen enough (`| head`): that is no failure, and nothing more need be said.
  let broken: NodeJS.ErrnoException | undefined;
  process.stdout.on('error', (error) => (broken ??= error));
  process.stderr.on('error', () => {});
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
    await flushed(process.stdout);
    if (broken !== undefined) throw broken;
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
  const words = wordsIn(language);
  const program = speakLanguage(new Command('mathlabel'), language)
    .description(words('초등 수학 문제의 글을 읽고 2022 개정 교육과정의 성취기준과 성취수준을 붙입니다.', 'Labels Korean elementary mathematics problems with the 2022 national curriculum.'))
    .version(productVersion(), '-V, --version', words('버전', 'version'))
    .helpCommand('help [command]', words('명령의 도움말', 'help for a command'));
  for (const command of [labelCommand, evaluateCommand, trainCommand, calibrateCommand, costCommand, inspectCommand, curriculumCommand, knowledgeCommand, topicsCommand, dbCommand, indexCommand, keysCommand]) {
    program.addCommand(speakLanguage(command(session, onDone), language));
  }
  return program;
}

/** Resolves once everything written so far has gone out, or has failed to. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}

function report(session: Session, error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.refused;
  if (error instanceof Interrupted || session.signal.aborted) {
    tell(session, { ko: '중단했습니다.', en: 'Interrupted.' });
    return EXIT.interrupted;
  }
  if (error instanceof InputError) {
    session.stderr.write(`${faultLine(error, session.language)}\n`);
    return EXIT.refused;
  }
  const code = systemCode(error);
  if (code === 'EPIPE') return EXIT.done;
  if (code !== undefined) {
    const { message } = error as Error;
    tell(session, { ko: `파일을 읽거나 쓸 수 없습니다 (${message})`, en: `A file cannot be read or written (${message})` });
    return EXIT.refused;
  }
  session.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT.failed;
}

/** `ENOSPC` and the like: the machine refuses, which is no bug. */
function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined;
}
