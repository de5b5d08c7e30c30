import { type Bilingual } from '@math-labeler/curriculum';
import { type Language } from './language.js';

/** What a command has of the world around it. */
export interface Session {
  readonly language: Language;
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
}

/** A line for the person at the terminal; results alone go to standard output. */
export function tell({ stderr, language }: Session, message: Bilingual): void {
  stderr.write(`${message[language]}\n`);
}
