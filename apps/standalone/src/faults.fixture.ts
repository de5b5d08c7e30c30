/** Where a process dies: before or after its n-th watched call, from 1. */
export interface CrashPoint {
  readonly call: number;
  readonly moment: 'before' | 'after';
}

/** Counts calls, and lets the process die at one of them: from then on nobody in it hears anything any more, as after `kill -9`. */
export class Faults {
  /** What was called, in order. */
  readonly calls: string[] = [];
  readonly crash: Promise<void>;
  dead = false;
  private died: () => void = () => {};

  /** @param kill takes away what the process holds */
  constructor(
    private readonly point: CrashPoint | undefined,
    private readonly kill: () => void,
  ) {
    this.crash = new Promise((resolve) => (this.died = resolve));
  }

  /** A call that may be the last. */
  async watch<Result>(name: string, call: () => Promise<Result>): Promise<Result> {
    if (this.dead) return NEVER;
    this.calls.push(name);
    const isHere = this.calls.length === this.point?.call;
    if (isHere && this.point?.moment === 'before') return this.die();
    const result = await this.alive(call());
    return isHere ? this.die() : result;
  }

  /** What it resolves or rejects with, unless the process dies in the meantime. */
  async alive<Result>(promise: Promise<Result>): Promise<Result> {
    try {
      const result = await promise;
      return this.dead ? await NEVER : result;
    } catch (error) {
      if (this.dead) return NEVER;
      throw error;
    }
  }

  /** The same object, each of whose methods is watched. */
  watched<Port extends object>(port: Port, name: string): Port {
    return new Proxy(port, {
      get: (target, method: string) => {
        const value: unknown = Reflect.get(target, method);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => this.watch(`${name}.${method}`, () => value.apply(target, args) as Promise<unknown>);
      },
    });
  }

  private die(): Promise<never> {
    this.dead = true;
    this.kill();
    this.died();
    return NEVER;
  }
}

const NEVER = new Promise<never>(() => {});
