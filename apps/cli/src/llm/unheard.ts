import { Writable } from 'node:stream';
import { type Session } from '../session.js';

/** The same session with nobody at the terminal: what is said in it was said before, or will be. */
export function unheard(session: Session): Session {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  return { ...session, stderr: nowhere as NodeJS.WriteStream };
}
