import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

type Body = Readonly<Record<string, unknown>>;

/** A line of the file of questions. */
export interface AskedLine {
  readonly custom_id: string;
  readonly url: string;
  readonly body: Body;
}

export interface Answer {
  readonly status?: number;
  readonly body: unknown;
}

/** What becomes of a question: an answer, an error instead of one, or not a word. */
export type Fate = Answer | { readonly error: string } | 'silence';

interface StubBatch {
  readonly id: string;
  readonly input: string;
  readonly endpoint: string;
  readonly metadata: unknown;
  looks: number;
  output?: string;
  errors?: string;
}

/** A provider with files and batches, which answers at once, too. It does what its fields say at that moment. */
export class StubBatchProvider {
  /** `POST /files` and the like, in their order. */
  readonly calls: string[] = [];
  /** Questions that were answered at once, by body. */
  readonly atOnce: Body[] = [];
  readonly files = new Map<string, string>();
  readonly batches: StubBatch[] = [];
  /** What a batch is, look by look; the last holds for good. */
  course: readonly string[] = ['validating', 'in_progress', 'completed'];
  /** What is said against a batch that has failed. */
  complaint?: string;
  fate: (line: AskedLine, position: number) => Fate = ({ body }) => this.answer(body);
  /** Lines as they come into the output file. */
  arrange: (lines: string[]) => string[] = (lines) => lines.reverse();
  /** A status instead of doing it, `cut` to do it and to say nothing. */
  fault: (call: string) => number | 'cut' | undefined = () => undefined;
  /** Seconds since 1970. */
  now = () => Math.floor(Date.now() / 1000);
  private count = 0;
  private readonly server = createServer((request, response) => void this.serve(request, response));

  /** @param answer to the body of a question */
  constructor(private readonly answer: (body: Body) => Answer) {}

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

  /** The questions of all batches. */
  get asked(): AskedLine[] {
    return this.batches.flatMap(({ input }) => this.linesOf(input));
  }

  /** How often a call was made. */
  times(call: string): number {
    return this.calls.filter((made) => made === call).length;
  }

  private readonly kept = new Map<string, string>();

  private linesOf(file: string): AskedLine[] {
    return this.kept.get(file)!.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as AskedLine);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url!, 'http://stub');
    const parts = url.pathname.split('/').slice(2);
    const call = `${request.method} /${parts.map((part, i) => (i === 1 && part !== 'completions' ? ':id' : part)).join('/')}`;
    this.calls.push(call);
    const fault = this.fault(call);
    if (typeof fault === 'number') return void response.writeHead(fault, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { message: `no, ${fault}` } }));
    const { status = 200, body } = await this.answerTo(call, parts, url, Buffer.concat(chunks), request.headers['content-type']);
    if (fault === 'cut') return void response.destroy();
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': typeof body === 'string' ? 'application/octet-stream' : 'application/json' }).end(text);
  }

  private async answerTo(call: string, [, id]: readonly string[], url: URL, sent: Buffer, type = ''): Promise<Answer> {
    const json = (): Body => JSON.parse(sent.toString()) as Body;
    switch (call) {
      case 'POST /files': return { body: { id: this.keep(await fileIn(sent, type)), object: 'file', purpose: 'batch' } };
      case 'GET /files/:id/content': return this.files.has(id) ? { body: this.files.get(id)! } : { status: 404, body: { error: { message: 'no such file' } } };
      case 'DELETE /files/:id': return { body: { id, object: 'file', deleted: this.files.delete(id) } };
      case 'POST /batches': return { body: this.create(json()) };
      case 'GET /batches': return { body: this.list(url.searchParams) };
      case 'GET /batches/:id': return this.look(id);
      default:
        this.atOnce.push(json());
        return this.answer(json());
    }
  }

  private keep(content: string): string {
    const id = `file-${++this.count}`;
    this.files.set(id, content);
    this.kept.set(id, content);
    return id;
  }

  private create({ input_file_id: input, endpoint, metadata }: Body): object {
    const batch = { id: `batch-${++this.count}`, input: input as string, endpoint: endpoint as string, metadata, looks: 0 };
    this.batches.push(batch);
    return this.told(batch, 'validating');
  }

  private list(query: URLSearchParams): object {
    const newest = [...this.batches].reverse();
    const begin = newest.findIndex(({ id }) => id === query.get('after')) + 1;
    const data = newest.slice(begin, begin + Number(query.get('limit'))).map((batch) => this.told(batch, 'in_progress'));
    return { object: 'list', data, has_more: begin + data.length < newest.length };
  }

  private look(id: string): Answer {
    const batch = this.batches.find((one) => one.id === id);
    if (batch === undefined) return { status: 404, body: { error: { message: 'no such batch' } } };
    const status = this.course[Math.min(batch.looks, this.course.length - 1)];
    batch.looks += 1;
    if (['completed', 'expired', 'cancelled'].includes(status) && batch.output === undefined) this.write(batch);
    return { body: this.told(batch, status) };
  }

  private write(batch: StubBatch): void {
    const [answered, failed]: [string[], string[]] = [[], []];
    for (const [i, line] of this.linesOf(batch.input).entries()) {
      const fate = this.fate(line, i);
      if (fate === 'silence') continue;
      const { custom_id } = line;
      if ('error' in fate) failed.push(JSON.stringify({ id: `r-${i}`, custom_id, response: null, error: { code: fate.error, message: 'This request could not be executed.' } }));
      else (fate.status === undefined ? answered : failed).push(JSON.stringify({ id: `r-${i}`, custom_id, response: { status_code: fate.status ?? 200, request_id: `q-${i}`, body: fate.body }, error: null }));
    }
    batch.output = this.keep(this.arrange(answered).join('\n'));
    if (failed.length > 0) batch.errors = this.keep(`${failed.join('\n')}\n`);
  }

  private told({ id, input, endpoint, metadata, output, errors }: StubBatch, status: string): object {
    const total = this.linesOf(input).length;
    const over = output === undefined ? {} : { [`${status}_at`]: this.now(), output_file_id: output, error_file_id: errors ?? null };
    const counts = { total, completed: output === undefined ? 0 : total, failed: 0 };
    const against = status === 'failed' ? { errors: { object: 'list', data: [{ code: 'token_limit_exceeded', message: this.complaint ?? 'no', line: null, param: null }] } } : {};
    return { id, object: 'batch', endpoint, input_file_id: input, completion_window: '24h', status, created_at: this.now() - 30, metadata, request_counts: counts, ...over, ...against };
  }
}

async function fileIn(sent: Buffer, type: string): Promise<string> {
  const form = await new Response(new Uint8Array(sent), { headers: { 'content-type': type } }).formData();
  if (form.get('purpose') !== 'batch') throw new Error(`a file for ${String(form.get('purpose'))}`);
  return (form.get('file') as File).text();
}
