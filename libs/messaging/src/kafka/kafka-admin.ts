import { type Admin } from 'kafkajs';
import { TransientError } from '@math-labeler/contracts';
import { within } from '../waiting.js';
import { type KafkaClient } from './kafka-client.js';
import { asBrokerError, isBug, isUnreachable } from './kafka-errors.js';

const LEAVING_MS = 2000;

interface Live {
  readonly client: Promise<Admin>;
  /** Requests that are under way. */
  users: number;
  retired: boolean;
}

/** One administrating client, connected when it is first needed and made anew after a failure: what it remembers of the cluster may be what failed. */
export class KafkaAdmin {
  private current?: Live;
  private closed = false;

  constructor(private readonly client: KafkaClient) {}

  async use<Result>(work: (admin: Admin) => Promise<Result>): Promise<Result> {
    try {
      return await this.useOnce(work).catch((error: unknown) => {
        // kafkajs stumbles over what it remembers when several ask at once. A client that remembers nothing does not.
        if (!isBug(error)) throw error;
        return this.useOnce(work);
      });
    } catch (error) {
      throw asBrokerError(error);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await within(LEAVING_MS, this.current?.client.then((admin) => admin.disconnect()));
  }

  private async useOnce<Result>(work: (admin: Admin) => Promise<Result>): Promise<Result> {
    if (this.closed) throw new TransientError('the broker is closed');
    const live = (this.current ??= { client: this.connect(), users: 0, retired: false });
    live.users++;
    try {
      return await work(await live.client);
    } catch (error) {
      if (isUnreachable(error)) this.retire(live);
      throw error;
    } finally {
      live.users--;
      // Those who are still asking would fail with it.
      if (live.retired && live.users === 0) void live.client.then((admin) => admin.disconnect()).catch(() => {});
    }
  }

  private retire(live: Live): void {
    live.retired = true;
    if (this.current === live) this.current = undefined;
  }

  private async connect(): Promise<Admin> {
    const admin = this.client.admin();
    try {
      await admin.connect();
    } catch (error) {
      await admin.disconnect().catch(() => {});
      throw error;
    }
    return admin;
  }
}
