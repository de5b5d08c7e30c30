import { type Database } from './database.js';
import { isPassing } from './sqlite-error.js';

type Told<Result> = { readonly value: Result } | { readonly error: unknown };

interface Work {
  readonly run: () => unknown;
  readonly tell: (told: Told<unknown>) => void;
}

/** Keeps what somebody holds in memory in step with the transactions. */
export interface CommitWatcher {
  /** A transaction has begun: no other process writes until it ends. */
  begun(): void;
  /** It is on the disk. */
  committed(): void;
  /** What its works left in memory is not so; some of them may run again. */
  undone(): void;
}

/**
 * Brings the writes of one turn of the event loop into one transaction, since what a commit costs is waiting for the disk, however much is in it.
 * A work that fails by its own fault takes nobody with it; when the disk fails, all are told.
 */
export class GroupCommit {
  private waiting: Work[] = [];
  private immediate?: NodeJS.Immediate;
  private timer?: NodeJS.Timeout;
  private readonly watchers: CommitWatcher[] = [];

  constructor(private readonly database: Database) {}

  /**
   * Runs synchronous work in the next transaction and resolves with its result once that is on the disk; rejects when nothing of it was kept.
   * @param withinMs how long it may wait for others, 0: until the end of this turn
   */
  run<Result>(work: () => Result, withinMs = 0): Promise<Result> {
    const promise = new Promise<Result>((resolve, reject) => {
      this.waiting.push({ run: work, tell: (told) => ('error' in told ? reject(told.error as Error) : resolve(told.value as Result)) });
    });
    if (withinMs === 0) this.immediate ??= setImmediate(() => this.flush());
    else this.timer ??= setTimeout(() => this.flush(), withinMs);
    return promise;
  }

  watch(watcher: CommitWatcher): void {
    this.watchers.push(watcher);
  }

  /** Commits now what is waiting. */
  flush(): void {
    clearImmediate(this.immediate);
    clearTimeout(this.timer);
    this.immediate = this.timer = undefined;
    const works = this.waiting;
    if (works.length === 0) return;
    this.waiting = [];
    try {
      this.commit(works);
    } catch (error) {
      if (works.length === 1 || isPassing(error)) for (const { tell } of works) tell({ error });
      else for (const work of works) this.commitAlone(work);
    }
  }

  private commitAlone(work: Work): void {
    try {
      this.commit([work]);
    } catch (error) {
      work.tell({ error });
    }
  }

  private commit(works: readonly Work[]): void {
    const { database, watchers } = this;
    let values: unknown[];
    try {
      database.exec('BEGIN IMMEDIATE');
      for (const watcher of watchers) watcher.begun();
      values = works.map(({ run }) => run());
      database.exec('COMMIT');
    } catch (error) {
      // A full disk ends the transaction by itself.
      if (database.isTransaction) database.exec('ROLLBACK');
      for (const watcher of watchers) watcher.undone();
      throw error;
    }
    for (const watcher of watchers) watcher.committed();
    works.forEach(({ tell }, i) => tell({ value: values[i] }));
  }
}
