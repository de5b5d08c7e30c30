import { type FastifyInstance } from 'fastify';
import { ApiProblem } from './problem-document.js';

/** Bytes of a request's body. */
export const LARGEST_BODY = 8 * 1024 * 1024;

/** One JSON value a line; read later, so that each line can be told what is wrong with it. */
export class NdjsonBody {
  constructor(readonly text: string) {}
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Takes JSON and NDJSON and nothing else: what is not JSON is refused with its place. */
export function useBodyParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (_request, body, done) => read(() => readJson(textOf(body)), done));
  fastify.addContentTypeParser<Buffer>(['application/x-ndjson', 'application/ndjson', 'application/jsonl'], { parseAs: 'buffer' }, (_request, body, done) =>
    read(() => new NdjsonBody(textOf(body)), done),
  );
}

function read(work: () => unknown, done: (error: Error | null, value?: unknown) => void): void {
  try {
    done(null, work());
  } catch (error) {
    done(error as Error);
  }
}

function textOf(body: Uint8Array): string {
  try {
    return utf8.decode(body);
  } catch (cause) {
    throw new ApiProblem(400, 'GATEWAY.NOT_UTF8', { ko: '본문이 UTF-8이 아닙니다', en: 'the body is not UTF-8' }, { cause });
  }
}

/** Throws ApiProblem that names line and column. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { message } = cause as Error;
    const place = placeOf(text, message);
    const detail = { ko: `올바른 JSON이 아닙니다: ${place.line}행 ${place.column}열 (${message})`, en: `is not valid JSON: line ${place.line}, column ${place.column} (${message})` };
    throw new ApiProblem(400, 'GATEWAY.BAD_JSON', detail, { cause, members: place });
  }
}

/** V8 tells the position, but for a text that ends too early. */
function placeOf(text: string, message: string): { line: number; column: number } {
  const position = /at position (\d+)/.exec(message)?.[1];
  const before = text.slice(0, position === undefined ? text.length : Number(position));
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}
