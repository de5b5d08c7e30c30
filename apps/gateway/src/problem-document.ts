import { STATUS_CODES } from 'node:http';
import { type Bilingual } from '@math-labeler/curriculum';

/** What is wrong with one field of one item. */
export interface FieldError {
  /** Place in the batch, from 0. */
  readonly index?: number;
  /** Line of an NDJSON body, from 1. */
  readonly line?: number;
  readonly field?: string;
  readonly code: string;
  readonly reason: Bilingual;
}

interface Particulars {
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the document. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A request that is answered by a problem document (RFC 9457); `code` is stable and safe to match on. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: Bilingual,
    readonly particulars: Particulars = {},
  ) {
    super(`${code} ${detail.en}`, { cause: particulars.cause });
  }
}

export type Language = keyof Bilingual;

const TITLES: Readonly<Record<number, Bilingual>> = {
  400: { ko: '잘못된 요청', en: 'Bad request' },
  401: { ko: 'API 키가 필요합니다', en: 'An API key is needed' },
  403: { ko: '허용되지 않는 요청', en: 'Not allowed' },
  404: { ko: '찾을 수 없음', en: 'Not found' },
  408: { ko: '시간 초과', en: 'Timeout' },
  409: { ko: '지금의 상태와 맞지 않는 요청', en: 'In conflict with what is known' },
  413: { ko: '너무 큰 요청', en: 'Too large' },
  415: { ko: '지원하지 않는 형식', en: 'Unsupported media type' },
  422: { ko: '내용이 올바르지 않은 요청', en: 'The content is not valid' },
  429: { ko: '요청이 너무 많음', en: 'Too many requests' },
  431: { ko: '너무 큰 헤더', en: 'Headers too large' },
  500: { ko: '서버 오류', en: 'Internal error' },
  503: { ko: '아직 응답할 수 없음', en: 'Not available yet' },
};

/** The document for a problem, as RFC 9457 has it with the members `code` and `errors` added. */
export function problemDocument({ status, code, detail, particulars }: ApiProblem, language: Language): Record<string, unknown> {
  const title = TITLES[status]?.[language] ?? STATUS_CODES[status];
  return {
    type: `urn:math-labeler:problem:${code.toLowerCase().replace(/[._]/g, '-')}`,
    title,
    status,
    detail: detail[language],
    code,
    ...particulars.members,
    ...(particulars.errors === undefined ? {} : { errors: particulars.errors }),
  };
}

/** The language of the product that a browser or client likes best; Korean where it says nothing of either. */
export function languageOf(acceptLanguage: string | undefined): Language {
  let best: Language = 'ko';
  let weight = 0;
  for (const range of (acceptLanguage ?? '').split(',', 20)) {
    const [tag, quality] = range.trim().toLowerCase().split(/\s*;\s*q=/);
    const language = tag.slice(0, 2);
    const q = quality === undefined ? 1 : Number(quality);
    if ((language === 'ko' || language === 'en') && q > weight) [best, weight] = [language, q];
  }
  return best;
}
