import { because, explainIssue, fingerprint, InputError, words } from '@math-labeler/curriculum';
import { z } from 'zod';

const day = z.string().refine((text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)), because({ ko: '2026-11-26 꼴의 날짜여야 합니다', en: 'must be a date like 2026-11-26' }));
const dollars = z.number().min(0).max(100_000);

const priceRow = z.strictObject({
  model: words,
  from: day,
  input: dollars,
  cachedInput: dollars.optional(),
  cacheWrite: dollars.optional(),
  output: dollars,
  batch: z.number().min(0).max(1).optional(),
  source: words.optional(),
  lookedUp: day.optional(),
});

type PriceRow = z.infer<typeof priceRow>;

/** What a model costs from some day on, in US dollars for a million tokens. */
export interface Price {
  /** Of the row in the table, so that an entry tells by what it was counted. */
  readonly version: string;
  readonly input: number;
  readonly cachedInput: number;
  /** Of input that the provider writes to its cache. */
  readonly cacheWrite: number;
  readonly output: number;
  /** By which all of it is multiplied when a question goes through the batch endpoint. */
  readonly batch: number;
}

/**
 * Prices by model and day. A row is for the model of its name and for that model's dated snapshots (`gpt-6-luna-2026-09-22`); a `*` stands for anything.
 * Of the rows that fit, the one with the longest name holds, and of these the latest one.
 */
export class PriceTable {
  private readonly rows: readonly { readonly row: PriceRow; readonly pattern: RegExp }[];

  private constructor(rows: readonly PriceRow[]) {
    const byName = [...rows].sort((a, b) => lettersOf(b) - lettersOf(a) || (a.from < b.from ? 1 : -1));
    this.rows = byName.map((row) => ({ row, pattern: patternOf(row.model) }));
  }

  /** Reads a table in JSON; throws InputError that names the file and the field (`[2].input`). */
  static parse(text: string, file: string): PriceTable {
    const result = z.array(priceRow).safeParse(parsed(text, file), { reportInput: true });
    if (!result.success) {
      const { field, reason } = explainIssue(result.error.issues[0]);
      throw new InputError('LLM.BAD_PRICES', { file }, field, reason);
    }
    const seen = new Set<string>();
    for (const [i, { model, from }] of result.data.entries()) {
      if (seen.has(`${from} ${model}`)) throw new InputError('LLM.BAD_PRICES', { file }, `[${i}].model`, { ko: `${from}부터의 값이 이미 있습니다: ${model}`, en: `has a price from ${from} already: ${model}` });
      seen.add(`${from} ${model}`);
    }
    return new PriceTable(result.data);
  }

  /** @param on a day, `2026-11-26` (UTC) */
  priceOf(model: string, on: string): Price | undefined {
    const found = this.rows.find(({ row, pattern }) => row.from <= on && pattern.test(model));
    return found === undefined ? undefined : priceIn(found.row);
  }
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const { message } = cause as Error;
    throw new InputError('LLM.BAD_PRICES', { file }, undefined, { ko: `올바른 JSON이 아닙니다 (${message})`, en: `is not valid JSON (${message})` }, { cause });
  }
}

function lettersOf({ model }: PriceRow): number {
  return model.replaceAll('*', '').length;
}

function patternOf(model: string): RegExp {
  const parts = model.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}(-\\d{4}-\\d{2}-\\d{2})?$`, 's');
}

function priceIn({ model, from, input, cachedInput = input, cacheWrite = input, output, batch = 1 }: PriceRow): Price {
  const version = `${from}-${fingerprint([[model, from, input, cachedInput, cacheWrite, output, batch]]).slice(0, 8)}`;
  return { version, input, cachedInput, cacheWrite, output, batch };
}
