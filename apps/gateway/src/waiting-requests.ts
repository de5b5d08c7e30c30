/** What has become of a problem. */
export interface Change {
  readonly isFinished: boolean;
  /** Of its label; 0 without one. */
  readonly revision: number;
  /** Id of the feedback event that was refused, where that is the news. */
  readonly refused?: string;
}

export interface Watch {
  /** This one need not be waited for. */
  done(id: string): void;
  /** Resolves when all are done, when the time (ms) is over, or when the server stops. */
  settled(ms: number): Promise<void>;
  /** Forgets the watch; always to be called. */
  end(): void;
}

type Listener = (change: Change) => void;

/** Waits beyond these are answered at once: memory stays bounded however many ask. */
const MOST_WATCHED = 20_000;

/** Requests that wait until problems are finished. */
export class WaitingRequests {
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly releases = new Set<() => void>();
  private watched = 0;
  private stopped = false;

  /** Starts watching; what is told from now on is not missed. `isDone` says whether a change is what is waited for. */
  watch(ids: readonly string[], isDone: (change: Change) => boolean): Watch {
    const open = new Set(ids);
    let release!: () => void;
    const released = new Promise<void>((resolve) => (release = resolve));
    const done = (id: string) => {
      if (open.delete(id) && open.size === 0) release();
    };
    if (this.stopped || this.watched + open.size > MOST_WATCHED) return { done, settled: async () => {}, end: () => {} };
    this.releases.add(release);
    const hooks = [...open].map((id) => this.listen(id, (change) => isDone(change) && done(id)));
    return {
      done,
      settled: async (ms) => {
        if (open.size === 0) return;
        const timer = setTimeout(release, ms);
        await released;
        clearTimeout(timer);
      },
      end: () => {
        this.releases.delete(release);
        for (const unhook of hooks.splice(0)) unhook();
      },
    };
  }

  tell(id: string, change: Change): void {
    for (const listener of this.listeners.get(id) ?? []) listener(change);
  }

  /** Answers all who wait: the server stops. */
  stop(): void {
    this.stopped = true;
    for (const release of this.releases) release();
  }

  /** What is waited for, the longest waits first. */
  get ids(): Iterable<string> {
    return this.listeners.keys();
  }

  /** How many waits there are. */
  get size(): number {
    return this.watched;
  }

  private listen(id: string, listener: Listener): () => void {
    const listeners = this.listeners.get(id) ?? new Set();
    this.listeners.set(id, listeners.add(listener));
    this.watched++;
    return () => {
      this.watched--;
      listeners.delete(listener);
      if (listeners.size === 0) this.listeners.delete(id);
    };
  }
}
