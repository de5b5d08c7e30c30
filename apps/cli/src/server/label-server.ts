import { setTimeout as pause } from 'node:timers/promises';
import { type Bilingual, type InputError } from '@math-labeler/curriculum';
import { type Language } from '../language.js';
import { ConnectionTrouble, readRefusal, type Refusal, refusedBy, waitAskedFor } from './server-answer.js';

export interface ServerOptions {
  readonly url: URL;
  readonly key?: string;
  readonly language: Language;
  readonly signal: AbortSignal;
  /** Hears, once each, that the server asks to wait, and that the connection is lost. */
  readonly onNotice: (notice: Bilingual) => void;
  /** How long a lost connection is tried again, in ms. */
  readonly patienceMs?: number;
}

/** What came of a batch: the problems as the server knows them, in order, or why it took none of them. */
export type BatchAnswer = { readonly kind: 'views'; readonly views: readonly unknown[] } | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Seconds that the server may hold a request for its labels. */
const WAIT_S = 30;
/** ms after which a request without an answer counts as lost. */
const TOO_LONG_MS = (WAIT_S + 60) * 1000;
const REACH_MS = 5000;
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [250, 8000];

/**
 * A running server's HTTP API. What may pass is tried again: a lost connection within the patience, a server that asks to wait until it does so
 * no more. Throws InputError when there is no such server, when it refuses the key, and when the connection is lost for good.
 */
export class LabelServer {
  private readonly closing = new AbortController();
  private readonly signal: AbortSignal;
  private hasAnswered = false;
  private waitUntil = 0;
  private readonly told = new Set<string>();

  constructor(private readonly options: ServerOptions) {
    this.signal = AbortSignal.any([options.signal, this.closing.signal]);
  }

  /** Resolves once anything answers at the address: what should not begin without a server asks first. */
  async reach(): Promise<void> {
    try {
      await (await fetch(new URL('health/live', this.options.url), { redirect: 'manual', signal: AbortSignal.any([this.signal, AbortSignal.timeout(REACH_MS)]) })).arrayBuffer();
    } catch (error) {
      this.signal.throwIfAborted();
      const trouble = ConnectionTrouble.of(error);
      if (trouble.isFinal) throw this.error('NO_SERVER', noConnection(trouble));
    }
  }

  /** Submits problems, one JSON object a line, and waits a while for their labels; told again, they are the same problems. */
  async submit(lines: readonly string[]): Promise<BatchAnswer> {
    let lostSince: number | undefined;
    for (let tries = 0; ; tries++) {
      await this.pause(this.waitUntil - performance.now());
      try {
        const answer = await this.post(lines.join('\n'));
        lostSince = undefined;
        if (answer !== 'later') return answer;
      } catch (error) {
        if (!(error instanceof ConnectionTrouble)) throw error;
        if (lostSince === undefined) [lostSince, tries] = [performance.now(), 0];
        await this.bear(error, { tries, lostMs: performance.now() - lostSince });
      }
    }
  }

  /** Ends what is under way. */
  close(): void {
    this.closing.abort(new Error('closed'));
  }

  /** Resolves after this time, rejects on an interruption. */
  async pause(ms: number): Promise<void> {
    this.signal.throwIfAborted();
    if (ms > 0) await pause(ms, undefined, { signal: this.signal });
  }

  private async post(body: string): Promise<BatchAnswer | 'later'> {
    const { url, key, language } = this.options;
    const lost = AbortSignal.timeout(TOO_LONG_MS);
    let response: Response;
    let text: string;
    try {
      response = await fetch(new URL(`api/problems?wait=${WAIT_S}`, url), {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson', accept: 'application/json', 'accept-language': language, ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([this.signal, lost]),
      });
      text = await response.text();
    } catch (error) {
      this.signal.throwIfAborted();
      throw ConnectionTrouble.of(error);
    }
    this.hasAnswered = true;
    return this.read(response, text);
  }

  private read(response: Response, text: string): BatchAnswer | 'later' {
    const { status, headers } = response;
    const document = jsonOf(text);
    if (status === 200 || status === 202) {
      const views = document?.['problems'];
      if (!Array.isArray(views)) throw this.error('NO_SERVER', NO_LABELER);
      return { kind: 'views', views };
    }
    const refusal = readRefusal(status, document);
    if (status === 429 || status === 503) {
      this.heed(waitAskedFor(headers.get('retry-after')), refusal);
      return 'later';
    }
    if (status >= 500) throw new ConnectionTrouble(`HTTP ${status}`);
    if (status === 401 || status === 403) throw this.error('KEY_REFUSED', keyRefused(refusal, this.options.key));
    if (status === 400 || status === 409 || status === 413 || status === 422) return { kind: 'refused', refusal };
    throw this.error('NO_SERVER', NO_LABELER);
  }

  private heed(ms: number, { code, reason }: Refusal): void {
    this.waitUntil = Math.max(this.waitUntil, performance.now() + ms);
    this.tellOnce(`wait ${code}`, { ko: `서버가 기다려 달라고 합니다: ${reason.ko}`, en: `The server asks to wait: ${reason.en}` });
  }

  private async bear(trouble: ConnectionTrouble, { tries, lostMs }: { readonly tries: number; readonly lostMs: number }): Promise<void> {
    if (trouble.isFinal && !this.hasAnswered) throw this.error('NO_SERVER', noConnection(trouble));
    if (lostMs > (this.options.patienceMs ?? 60_000)) throw this.error('SERVER_LOST', { ko: `서버와 연결이 끊겼습니다 (${trouble.message})`, en: `the connection to the server is lost (${trouble.message})` });
    this.tellOnce('lost', { ko: `서버와 연결이 끊겨 다시 시도합니다 (${trouble.message})`, en: `The connection to the server was lost; trying again (${trouble.message})` });
    await this.pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries) * (0.5 + Math.random() / 2));
  }

  private tellOnce(what: string, notice: Bilingual): void {
    if (this.told.has(what)) return;
    this.told.add(what);
    this.options.onNotice(notice);
  }

  private error(code: string, reason: Bilingual): InputError {
    return refusedBy(this.options.url, code, reason);
  }
}

const NO_LABELER: Bilingual = { ko: 'Math Labeler 서버가 아닌 것이 응답했습니다. 주소를 확인하세요', en: 'what answered is no Math Labeler server; check the address' };

function noConnection({ message }: ConnectionTrouble): Bilingual {
  return { ko: `서버에 연결할 수 없습니다 (${message}). 서버가 실행 중인지, 주소가 맞는지 확인하세요`, en: `no connection to the server (${message}); check that it is running, and its address` };
}

function keyRefused({ reason }: Refusal, key: string | undefined): Bilingual {
  return key === undefined
    ? { ko: `${reason.ko}. 환경 변수 MATHLABEL_API_KEY에 API 키를 넣으세요`, en: `${reason.en}; put the API key into the environment variable MATHLABEL_API_KEY` }
    : { ko: `${reason.ko}. MATHLABEL_API_KEY의 키를 확인하세요`, en: `${reason.en}; check the key in MATHLABEL_API_KEY` };
}

function jsonOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
