import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { InputError } from '@math-labeler/curriculum';
import { ApiKeys, presentedKey, ROLES } from './api-keys.js';
import { type Health } from './health.js';
import { isFromThisMachine, requireKeys } from './loopback.js';
import { type Settings } from './settings.js';

export interface HealthSource {
  readonly health: () => Health;
  /** In Prometheus' text form. */
  readonly metrics: () => Promise<{ readonly type: string; readonly text: string }>;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const NOT_FOR_YOU = { status: 403, code: 'GATEWAY.ROLE_NEEDED', detail: { ko: '이 요청에는 operate 역할의 키가 필요합니다', en: 'this needs a key of the role operate' } };

/** Says whether a process is well: `/health/live`, `/health/ready`, and `/metrics` to those who may operate it. Everything else it answers with 503 or 404. */
export class HealthServer {
  private readonly keys: ApiKeys;

  private constructor(
    private readonly server: Server,
    private readonly source: HealthSource,
    dataDir: string,
  ) {
    this.keys = new ApiKeys(dataDir);
    server.on('request', (request, response) => void this.answer(request, response));
  }

  /** Throws InputError SETTINGS.KEYS_NEEDED, SETTINGS.CANNOT_LISTEN. */
  static async listen(settings: Pick<Settings, 'host' | 'port' | 'dataDir'>, source: HealthSource): Promise<HealthServer> {
    requireKeys(settings);
    const server = createServer();
    const health = new HealthServer(server, source, settings.dataDir);
    const { host, port } = settings;
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => reject(cannotListen(error, settings)));
      server.listen(port, host, resolve);
    });
    return health;
  }

  /** `http://127.0.0.1:3001` */
  get address(): string {
    return addressOf(this.server.address() as AddressInfo);
  }

  /** May be called more than once. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?')[0];
    if (path === '/health/live') return send(response, 200, { status: 'live' });
    const { isReady, report } = this.source.health();
    if (path === '/health/ready') return send(response, isReady ? 200 : 503, report);
    if (path !== '/metrics') return send(response, isReady ? 404 : 503, report);
    if (!this.mayOperate(request)) return send(response, 403, NOT_FOR_YOU);
    const { type, text } = await this.source.metrics();
    response.writeHead(200, { 'content-type': type }).end(text);
  }

  /** As at the gateway: with a key of the role, or, as long as there are none, from this machine under its own name. */
  private mayOperate({ headers, socket }: IncomingMessage): boolean {
    if (this.keys.list().length === 0) return isFromThisMachine(headers, socket.remoteAddress ?? '');
    const presented = presentedKey(headers);
    const key = presented === undefined ? undefined : this.keys.find(presented);
    return key !== undefined && ROLES.indexOf(key.role) >= ROLES.indexOf('operate');
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': JSON_TYPE, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...(status === 503 ? { 'retry-after': '2' } : {}) }).end(JSON.stringify(body));
}

/** What went wrong when a port was to be opened, in words. */
export function cannotListen(error: Error, { host, port }: Pick<Settings, 'host' | 'port'>): InputError {
  const { code } = error as NodeJS.ErrnoException;
  const why = code === 'EADDRINUSE' ? { ko: '다른 프로그램이 이미 쓰고 있습니다', en: 'another program uses it already' } : { ko: `열 수 없습니다 (${code})`, en: `it cannot be opened (${code})` };
  return new InputError('SETTINGS.CANNOT_LISTEN', { file: 'environment' }, 'PORT', { ko: `${host}:${port} ${why.ko}`, en: `${host}:${port} ${why.en}` }, { cause: error });
}

/** `http://127.0.0.1:3000` */
export function addressOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
