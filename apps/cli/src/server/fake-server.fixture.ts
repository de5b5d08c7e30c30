import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

/** A problem as it arrived. */
export interface Arrived {
  readonly id: string;
  readonly content: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

export interface ArrivedRequest {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly problems: readonly Arrived[];
}

/** Answers one request, or gives `pass` to leave it to the next answer. */
export type Answer = (request: ArrivedRequest, response: ServerResponse) => 'pass' | void;

/** Stands in for the HTTP API: labels whatever arrives, unless it was told to answer otherwise. */
export class FakeServer {
  readonly requests: ArrivedRequest[] = [];
  private readonly answers: Answer[] = [];

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(port = 0): Promise<FakeServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const fake = new FakeServer(server, (server.address() as AddressInfo).port);
    server.on('request', (request, response) => void fake.handle(request, response));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The next requests get these answers, one each. */
  answerNext(...answers: Answer[]): void {
    this.answers.push(...answers);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const piece of message.setEncoding('utf8')) body += piece;
    const problems = body.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Arrived);
    if (message.method === 'GET') return answerJson(response, 200, { status: 'ok' });
    const request = { url: message.url!, headers: message.headers, problems };
    this.requests.push(request);
    const answer = this.answers.shift();
    if (answer === undefined || answer(request, response) === 'pass') answerJson(response, 200, { problems: problems.map((problem) => viewOf(problem)) });
  }
}

export function answerJson(response: ServerResponse, status: number, document: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(document));
}

/** An accepted problem; fields in an order of their own, and some that the command line does not know. */
export function viewOf({ id, content, metadata }: Arrived, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id,
    status: 'accepted',
    content,
    label: {
      revision: 1,
      votes: [],
      versions: { mathlabel: '0.1.0', taxonomy: 't', dataset: 'd', model: 'm' },
      id,
      content,
      ...(metadata === undefined ? {} : { metadata }),
      category: { 대분류: '수와 연산', 중분류: '세 자리 수 범위의 나눗셈', '하위 분류': '[4수01-05-B]' },
      code: '4수01-05',
      level: 'B',
      confidence: 0.97,
      levelConfidence: 0.8,
      decision: 'accepted',
      decidedBy: 'votes',
      reasons: [],
      alternatives: [],
      evidence: { standards: [], examples: [], unknown: 1 },
      ...more,
    },
  };
}
