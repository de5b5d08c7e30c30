import { setMaxListeners } from 'node:events';
import { realTimer, type Timer } from './timer.js';

/** A signal of one's own that is aborted with another one, or after a time, whichever comes first. */
export class TimeLimit {
  private readonly controller = new AbortController();
  private readonly cancel: () => void;
  private readonly follow: () => void;
  /** The time is up. */
  isOver = false;

  constructor(
    private readonly outer: AbortSignal,
    ms: number,
    timer: Timer = realTimer,
  ) {
    this.follow = () => this.controller.abort(outer.reason);
    if (outer.aborted) this.follow();
    // A whole run may have one signal; Node would warn of a leak from the eleventh question on.
    setMaxListeners(Infinity, outer);
    outer.addEventListener('abort', this.follow, { once: true });
    this.cancel = timer.after(ms, () => {
      this.isOver = true;
      this.controller.abort();
    });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Lets go of the other signal, which may live for long. */
  end(): void {
    this.cancel();
    this.outer.removeEventListener('abort', this.follow);
  }
}
