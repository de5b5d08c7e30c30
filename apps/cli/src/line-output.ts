import { once } from 'node:events';
import { type Session } from './session.js';

/** Lines on standard output at the pace of whoever reads them; rejects with `EPIPE` once nobody does. */
export class LineOutput {
  private failure?: Error;

  constructor(private readonly stream: Session['stdout']) {
    stream.once('error', (error: Error) => (this.failure = error));
  }

  async write(line: string): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    if (!this.stream.write(`${line}\n`)) await once(this.stream, 'drain');
  }
}
