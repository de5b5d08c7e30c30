import { type Timer } from './timer.js';

interface Due {
  readonly at: number;
  readonly act: () => void;
}

/** Time that passes when it is told to. */
export class FakeTimer implements Timer {
  private time = 0;
  private due: Due[] = [];

  now(): number {
    return this.time;
  }

  after(ms: number, act: () => void): () => void {
    const entry = { at: this.time + Math.max(0, ms), act };
    this.due.push(entry);
    return () => {
      this.due = this.due.filter((other) => other !== entry);
    };
  }

  /** How many wait for their time. */
  get pending(): number {
    return this.due.length;
  }

  /** Lets so many ms pass; whatever follows from what happens meanwhile happens in its time. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    await settled();
    for (;;) {
      const [next] = this.due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.due = this.due.filter((other) => other !== next);
      this.time = next.at;
      next.act();
      await settled();
    }
    this.time = end;
    await settled();
  }
}

/** Everything that only waits for promises has happened. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
