import { type Admin } from 'kafkajs';
import { TransientError } from '@math-labeler/contracts';
import { within } from '../waiting.js';
import { type KafkaClient } from './kafka-client.js';
import { asBrokerError, isUnreachable } from './kafka-errors.js';

const LEAVING_MS = 2000;

/** One administrating client, connected when it is first needed and made anew after a failure: what it remembers of the cluster may be what failed. */
export class KafkaAdmin {
  private current?: Promise<Admin>;
  private closed = false;

  constructor(private readonly client: KafkaClient) {}

  async use<Result>(work: (admin: Admin) => Promise<Result>): Promise<Result> {
    if (this.closed) throw new TransientError('the broker is closed');
    const current = (this.current ??= this.connect());
    try {
      return await work(await current);
    } catch (error) {
      if (isUnreachable(error)) this.replace(current);
      throw asBrokerError(error);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await within(LEAVING_MS, this.current?.then((admin) => admin.disconnect()));
  }

  private replace(failed: Promise<Admin>): void {
    if (this.current !== failed) return;
    this.current = undefined;
    void failed.then((admin) => admin.disconnect()).catch(() => {});
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
