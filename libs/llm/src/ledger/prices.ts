import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@math-labeler/curriculum';
import { dataFolder } from '@math-labeler/storage';
import { type Price, PriceTable } from './price-table.js';

/** What is known of the provider's prices. */
export interface Prices {
  /**
   * What a model costs on a day (`2026-11-26`, UTC), undefined where nobody has said it.
   * @param answered the provider's name for the model that answered, where the one it was asked for by has no price
   */
  priceOf(model: string, day: string, answered?: string): Price | undefined;
}

/** How a price that is not known is said, and what to do about it. */
export const PRICE_UNKNOWN = {
  ko: '가격 모름: 이 모델의 가격을 data/prices/llm-prices.json과 같은 형식의 파일에 적고 LLM_PRICES로 지정하세요',
  en: 'price unknown: write this model’s price into a file of the form of data/prices/llm-prices.json, and name it in LLM_PRICES',
} as const;

const NOTHING: Price = { version: 'own-server', input: 0, cachedInput: 0, cacheWrite: 0, output: 0, batch: 1 };

export interface PriceOptions {
  /** A table of one's own, in the form of the shipped one; what it says goes before. */
  readonly own?: string;
  /** Of the provider; undefined: OpenAI's own. */
  readonly baseUrl?: string;
}

/**
 * The shipped prices, with those of one's own before them. A server of one's own, by its address, costs nothing unless one's own table says otherwise.
 * Throws InputError: LLM.NO_PRICES, LLM.BAD_PRICES.
 */
export async function openPrices({ own, baseUrl }: PriceOptions = {}): Promise<Prices> {
  const shipped = await tableIn(join(dataFolder, 'prices', 'llm-prices.json'));
  const ours = own === undefined ? undefined : await tableIn(own);
  const isFree = baseUrl !== undefined && isOwnServer(baseUrl);
  return {
    priceOf: (model, day, answered = model) =>
      ours?.priceOf(model, day) ?? ours?.priceOf(answered, day) ?? (isFree ? NOTHING : (shipped.priceOf(model, day) ?? shipped.priceOf(answered, day))),
  };
}

/**
 * Whether an address is one that the internet does not know: this machine, a private network (RFC 1918, RFC 4193, RFC 6598), a name without a dot or below `.local`, `.internal` or `.svc`.
 * Any other may send a bill.
 */
export function isOwnServer(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const host = new URL(address).hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host.includes(':')) return host === '::1' || /^(f[cd][0-9a-f]{2}|fe80):/.test(host);
  const [a, b] = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(host)?.slice(1).map(Number) ?? [];
  if (a !== undefined) return a === 127 || a === 10 || (a === 192 && b === 168) || (a === 172 && b >= 16 && b < 32) || (a === 100 && b >= 64 && b < 128) || a === 0;
  return !host.includes('.') || /\.(local|localhost|internal|lan|home\.arpa|svc)$/.test(host);
}

async function tableIn(file: string): Promise<PriceTable> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const { message } = cause as Error;
    throw new InputError('LLM.NO_PRICES', { file }, undefined, { ko: `가격표를 읽을 수 없습니다 (${message})`, en: `the price table cannot be read (${message})` }, { cause });
  }
  return PriceTable.parse(text, file);
}
