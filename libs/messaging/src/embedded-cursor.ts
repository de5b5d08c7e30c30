import { type LogRecord } from './broker.js';
import { type EmbeddedLog, type LogPartition } from './embedded-log.js';

const MOST_RECORDS = 64;
const MOST_BYTES = 256 * 1024;

/** Reads one partition on and on, by chunks: many small takes cost one query. */
export class EmbeddedCursor {
  private chunk: LogRecord[] = [];
  private at = 0;
  private size = MOST_RECORDS;

  /**
   * @param next offset that is wanted first
   * @param until offset before which to stop
   */
  constructor(
    private readonly log: EmbeddedLog,
    readonly source: LogPartition,
    private next: number,
    private readonly until = Infinity,
  ) {}

  /** Adds at most `count` records that are there now; gives how many. */
  take(count: number, into: LogRecord[]): number {
    let taken = 0;
    while (taken < count && (this.at < this.chunk.length || this.fill())) {
      into.push(this.chunk[this.at++]);
      taken++;
    }
    return taken;
  }

  get atEnd(): boolean {
    return this.at === this.chunk.length && this.next >= Math.min(this.source.end, this.until);
  }

  private fill(): boolean {
    const end = Math.min(this.source.end, this.until);
    if (this.next >= end) return false;
    this.at = 0;
    this.chunk = this.log.read(this.source, this.next, Math.min(this.size, end - this.next));
    const last = this.chunk.at(-1);
    // Retention leaves gaps only at the beginning.
    this.next = last === undefined ? end : last.offset + 1;
    if (last === undefined || last.offset >= end) return this.beyond(end);
    const bytes = this.chunk.reduce((sum, { value }) => sum + value.length, 0) / this.chunk.length;
    this.size = Math.max(1, Math.min(MOST_RECORDS, Math.floor(MOST_BYTES / (bytes + 1))));
    return true;
  }

  /** What lies beyond the end is none of this reader's. */
  private beyond(end: number): boolean {
    this.chunk = this.chunk.filter(({ offset }) => offset < end);
    this.next = end;
    return this.chunk.length > 0;
  }
}
