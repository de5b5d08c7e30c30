import { Presets, SingleBar } from 'cli-progress';
import { type Session, tell } from './session.js';

export interface Progress {
  /** How much is done of the total. */
  set(done: number): void;
  stop(): void;
}

/** A progress bar on a terminal; elsewhere only its title, once. A total of 0 means unknown: the count alone is shown. */
export function startProgress(session: Session, title: { readonly ko: string; readonly en: string }, total: number): Progress {
  if (!session.stderr.isTTY) {
    tell(session, title);
    return { set: () => {}, stop: () => {} };
  }
  const format = total > 0 ? `${title[session.language]} {bar} {percentage} % · {value}/{total} · {eta_formatted}` : `${title[session.language]} {value} · {duration_formatted}`;
  const bar = new SingleBar({ format, stream: session.stderr, hideCursor: true, fps: 5 }, Presets.shades_classic);
  bar.start(total, 0);
  return { set: (done) => bar.update(done), stop: () => bar.stop() };
}
