import { type LogRecord, type Partition } from '../broker.js';

/** Of each partition that much is fetched ahead of what is taken. */
const MOST_RECORDS = 2000;
const MOST_BYTES = 1024 * 1024;
/** kafkajs has gone on from the right offset and found nothing there: the log begins later, or was compacted. */
const TRUSTED_AFTER = 3;

/** A partition for as long as a generation of the group gives it to this member. */
export class FetchedPartition implements Partition {
  readonly topic: string;
  readonly partition: number;
  paused = false;
  /** Whether no more of it is fetched for now. */
  full = false;
  private records: LogRecord[] = [];
  private at = 0;
  private bytes = 0;
  private first = 0;
  /** The offset that is fetched next; undefined until it is known where the group stands. */
  private next?: number;
  private given = 0;
  private strays = 0;

  constructor({ topic, partition }: Partition) {
    this.topic = topic;
    this.partition = partition;
  }

  begin(offset: number): void {
    this.first = this.given = this.next = offset;
  }

  /** Whether a batch that was fetched from this offset is the next one; otherwise `expected` is to be fetched. */
  isNext(offset: number): boolean {
    if (this.next === undefined || offset === this.next) return this.next !== undefined;
    return offset > this.next && ++this.strays > TRUSTED_AFTER;
  }

  get expected(): number | undefined {
    return this.next;
  }

  /** @param next where the fetching goes on, beyond records that are none of a reader's too */
  add(records: readonly LogRecord[], next: number): void {
    this.strays = 0;
    this.next = next;
    for (const record of records) {
      this.records.push(record);
      this.bytes += record.value.length;
    }
    this.full = this.waiting >= MOST_RECORDS || this.bytes >= MOST_BYTES;
  }

  /** Passes over offsets that hold nothing for a reader. */
  skipTo(next: number): void {
    if (this.next !== undefined && next > this.next) this.next = next;
  }

  /** Adds at most `count` records; gives how many. */
  take(count: number, into: LogRecord[]): number {
    const end = Math.min(this.records.length, this.at + count);
    const taken = end - this.at;
    for (; this.at < end; this.at++) {
      into.push(this.records[this.at]);
      this.bytes -= this.records[this.at].value.length;
    }
    if (taken > 0) this.given = this.records[end - 1].offset + 1;
    if (this.at === this.records.length || this.at > MOST_RECORDS) {
      this.records = this.records.slice(this.at);
      this.at = 0;
    }
    return taken;
  }

  /** Whether fetching should go on after it was full. */
  get isLow(): boolean {
    return this.waiting <= MOST_RECORDS / 2 && this.bytes <= MOST_BYTES / 2;
  }

  /** How far it has been read: everything before was given, or holds nothing for a reader. */
  get reached(): number {
    return this.waiting > 0 ? this.records[this.at].offset : (this.next ?? 0);
  }

  /** Whether a position is one that this member can have got to since the partition is its own. */
  covers(offset: number): boolean {
    return offset >= this.first && offset <= this.given;
  }

  private get waiting(): number {
    return this.records.length - this.at;
  }
}
