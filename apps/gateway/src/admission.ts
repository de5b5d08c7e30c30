import { type Clock } from '@math-labeler/messaging';

/** A problem that this edge is putting into the log, or has put there and not yet seen coming out of it. */
export interface Publication {
  readonly eventId: string;
  /** Settles once the log has it, or could not take it. */
  readonly published: Promise<void>;
}

/** Over how many ms the rate of finishing is averaged. */
const MEMORY_MS = 5000;
const LONGEST_WAIT_S = 60;
const UNKNOWN_RATE_WAIT_S = 2;

/** Counts the problems that are on their way, and asks senders to wait when they are too many. */
export class Admission {
  private readonly unseen = new Map<string, Publication>();
  private pending = 0;
  private unread = 0;
  private began = 0;
  private finishing = { count: 0, at: 0 };

  constructor(
    private readonly most: number,
    private readonly clock: Clock,
  ) {}

  /** Published and not yet finished; what others have put into the log and nobody has read counts too. */
  get onTheirWay(): number {
    return this.pending + Math.max(this.unseen.size, this.unread);
  }

  get isFull(): boolean {
    return this.onTheirWay >= this.most;
  }

  /** Seconds until there should be room again, by how fast problems were finished lately; 1 to 60. */
  get retryAfterSeconds(): number {
    // The sum has not filled up yet when finishing has only just begun.
    const filled = 1 - Math.exp(-Math.max(250, this.clock() - this.began) / MEMORY_MS);
    const perSecond = this.decayed() / (filled * (MEMORY_MS / 1000));
    if (perSecond < 1) return UNKNOWN_RATE_WAIT_S;
    const excess = this.onTheirWay - 0.8 * this.most;
    return Math.min(LONGEST_WAIT_S, Math.max(1, Math.ceil(excess / perSecond)));
  }

  find(id: string): Publication | undefined {
    return this.unseen.get(id);
  }

  publishing(id: string, publication: Publication): void {
    this.unseen.set(id, publication);
  }

  /** It is in the read model, or never came into the log. */
  forget(id: string): void {
    this.unseen.delete(id);
  }

  /** The read model has more (or fewer) unfinished problems. */
  changed(by: number): void {
    this.pending += by;
    if (by < 0 && this.decayed() < 1) this.began = this.clock();
    if (by < 0) this.finishing = { count: this.decayed() - by, at: this.clock() };
  }

  /** How many unfinished problems the read model has, where others change it too. */
  recounted(pending: number): void {
    this.pending = pending;
  }

  /** Problems that this edge has put into the log, oldest first, and not seen coming out. */
  get unseenIds(): Iterable<string> {
    return this.unseen.keys();
  }

  /** How many submitted problems lie in the log that the read model has not seen. */
  lagging(unread: number): void {
    this.unread = unread;
  }

  private decayed(): number {
    return this.finishing.count * Math.exp((this.finishing.at - this.clock()) / MEMORY_MS);
  }
}
