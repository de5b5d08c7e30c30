import { type Bilingual, InputError } from '@math-labeler/curriculum';

/** Why the server took nothing of a request, as its problem document (RFC 9457) says. */
export interface Refusal {
  readonly code: string;
  readonly reason: Bilingual;
  /** What is wrong with single problems, where it names them. */
  readonly items: readonly RefusedItem[];
}

export interface RefusedItem {
  /** Place in the batch, from 0. */
  readonly index: number;
  readonly field?: string;
  readonly code: string;
  readonly reason: Bilingual;
}

type Fields = Readonly<Record<string, unknown>>;

export function readRefusal(status: number, document: Fields | undefined): Refusal {
  const code = textOf(document?.['code']) ?? `HTTP.${status}`;
  const detail = textOf(document?.['detail']) ?? textOf(document?.['title']) ?? `HTTP ${status}`;
  const reason = { ko: detail, en: detail };
  const errors = Array.isArray(document?.['errors']) ? (document['errors'] as unknown[]) : [];
  return { code, reason, items: errors.flatMap((error) => itemOf(error, { code, reason })) };
}

function itemOf(error: unknown, whole: Omit<Refusal, 'items'>): RefusedItem[] {
  if (typeof error !== 'object' || error === null) return [];
  const { index, field, code, reason } = error as Fields;
  if (typeof index !== 'number') return [];
  const named = textOf(field);
  return [{ index, ...(named === undefined ? {} : { field: named }), code: textOf(code) ?? whole.code, reason: bilingualOf(reason) ?? whole.reason }];
}

export function bilingualOf(value: unknown): Bilingual | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { ko, en } = value as Fields;
  return typeof ko === 'string' && typeof en === 'string' ? { ko, en } : undefined;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const [LEAST_WAIT_MS, LONGEST_WAIT_MS] = [100, 120_000];

/** How long `Retry-After` asks to wait, in ms: seconds or a date (RFC 9110, section 10.2.3); a second where it says nothing. */
export function waitAskedFor(header: string | null, now = Date.now()): number {
  if (header === null || header.trim() === '') return 1000;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? 1000 : Math.min(LONGEST_WAIT_MS, Math.max(LEAST_WAIT_MS, ms));
}

/** No answer, or none that says anything about the problems: the same request may succeed later. */
export class ConnectionTrouble extends Error {
  /** @param isFinal whether it has the looks of a wrong address or of no server there at all */
  constructor(
    message: string,
    readonly isFinal = false,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** What `fetch` was rejected with; the system's own word for it lies in the cause. */
  static of(error: unknown): ConnectionTrouble {
    const cause = (error as Error).cause instanceof Error ? ((error as Error).cause as Error) : (error as Error);
    const message = codeOf(cause) ?? cause.message;
    return new ConnectionTrouble(message, isFinal(message), { cause: error });
  }
}

function codeOf(error: Error): string | undefined {
  return 'code' in error ? textOf(error.code) : undefined;
}

function isFinal(code: string): boolean {
  return ['bad port', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'HPE_INVALID_CONSTANT'].includes(code) || /CERT|SSL|TLS/.test(code);
}

/** An `InputError` about the server at this address. */
export function refusedBy(url: URL, code: string, reason: Bilingual): InputError {
  return new InputError(`CLI.${code}`, { file: url.origin + url.pathname }, undefined, reason);
}
