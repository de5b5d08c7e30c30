import { type Bilingual } from '@math-labeler/curriculum';
import { Presets, SingleBar } from 'cli-progress';
import { type Session, tell } from './session.js';

export interface Progress {
  /** How much is done of the total. */
  set(done: number): void;
  stop(): void;
}

/** A progress bar on a terminal; elsewhere only its title, once. A total of 0 means unknown: the time alone is shown. */
export function startProgress(session: Session, title: Bilingual, total: number): Progress {
  const { stderr, language } = session;
  if (!stderr.isTTY) {
    tell(session, title);
    return { set: () => {}, stop: () => {} };
  }
  const format = total > 0 ? `${title[language]} {bar} {percentage} % · {duration_formatted} · ETA {eta_formatted}` : `${title[language]} {duration_formatted}`;
  const bar = new SingleBar({ format, stream: stderr, barsize: 24, fps: 5, etaBuffer: 50 }, Presets.shades_classic);
  bar.start(total, 0);
  return { set: (done) => bar.update(done), stop: () => bar.stop() };
}
