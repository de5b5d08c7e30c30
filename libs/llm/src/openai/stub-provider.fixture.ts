import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

/** What a provider was sent. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a provider does with a request: answers, hangs without a word, hangs or breaks off in the middle of the body; or one of these by what it is sent. */
export type Script = Deed | ((body: Received['body']) => Deed);

type Deed =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown; readonly afterMs?: number }
  | 'hang'
  | 'hang in the body'
  | 'cut the connection'
  | 'cut the body';

/** A server on the loopback address that does what it is told, request by request; the last script holds for all that follow. */
export class StubProvider {
  readonly received: Received[] = [];
  private scripts: Script[] = [];
  private readonly server = createServer((request, response) => void this.serve(request, response));

  /** Up to `/v1`, as settings name it. */
  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  /** Forgets what it has received, and goes by these from now on. */
  script(...scripts: readonly Script[]): void {
    this.scripts = [...scripts];
    this.received.length = 0;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>;
    this.received.push({ path: request.url ?? '', headers: request.headers, body });
    const next = this.scripts.length > 1 ? this.scripts.shift()! : this.scripts[0];
    const script = typeof next === 'function' ? next(body) : next;
    if (script === 'hang') return;
    if (script === 'cut the connection') return void response.destroy();
    if (script === 'hang in the body' || script === 'cut the body') return begin(response, script);
    const { status = 200, headers = {}, body: answer = '', afterMs = 0 } = script;
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
    setTimeout(() => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text), afterMs);
  }
}

function begin(response: ServerResponse, script: 'hang in the body' | 'cut the body'): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"choices": [', () => {
    if (script === 'cut the body') response.destroy();
  });
}
