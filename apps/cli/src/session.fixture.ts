import { type Language } from './language.js';
import { type Session } from './session.js';

/** A session whose standard error is kept. */
export function listeningSession(language: Language): { session: Session; said: () => string } {
  let said = '';
  const stderr = { write: (text: string) => (said += text) } as unknown as NodeJS.WriteStream;
  return { session: { language, env: {}, stdout: process.stdout, stderr, signal: new AbortController().signal }, said: () => said };
}
