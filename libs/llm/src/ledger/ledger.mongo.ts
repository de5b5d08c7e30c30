import { createHash } from 'node:crypto';
import { type MongoCollection, type MongoStore, type MongoTable, mongoText, textOf } from '@math-labeler/storage';
import { type LedgerEntry, LedgerStore, type LedgerSum } from './ledger.store.js';
import { COUNTED, dayOf, NOTHING_YET, plus, type Totals, totalsOf } from './sums.js';

/** Pages of one sum, so that several processes seldom write on the same one. */
const LANES = 4;

/** What all entries of a page have in common. */
type Heading = Pick<LedgerSum, 'day' | 'model' | 'purpose' | 'way'>;
type Line = Omit<LedgerEntry, 'model' | 'purpose' | 'way'>;

/** Sums of a day, with the last entries that they are of. */
interface PageFields extends Heading, Totals {
  readonly lines: readonly Line[];
  /** How often lines were put away. */
  readonly turned: number;
}

interface CallFields extends Omit<LedgerEntry, 'id'> {
  readonly day: string;
}

const text = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;
const heading = { day: text, model: text, purpose: text, way: text } as const;
const tokens = { input: count, cachedInput: count, cacheWrite: count, output: count, reasoning: count } as const;

export const LLM_PAGES: MongoCollection<PageFields> = {
  name: 'llm_pages',
  fields: { ...heading, ...tokens, calls: count, unpriced: count, cost: count, lines: { type: Array, required: true }, turned: count },
  indexes: [{ keys: { day: 1 } }],
};

export const LLM_CALLS: MongoCollection<CallFields> = {
  name: 'llm_calls',
  fields: { ...heading, ...tokens, at: text, cost: { type: Number }, price: { type: String } },
  indexes: [{ keys: { day: 1, at: 1 } }],
};

/**
 * An entry and the sum that counts it are written in one step, since both are on the same page. Full pages are put away: their lines become documents
 * first, and only then leave the page, so that a crash between leaves them in both places, where they are found to be the same.
 */
export class MongoLedgerStore extends LedgerStore {
  private readonly pages: MongoTable<PageFields>;
  private readonly calls: MongoTable<CallFields>;

  /** @param pageEntries entries that stand on a page before they are put away */
  constructor(
    store: MongoStore,
    private readonly pageEntries = 32,
  ) {
    super();
    this.pages = store.table(LLM_PAGES);
    this.calls = store.table(LLM_CALLS);
  }

  async record(entry: LedgerEntry): Promise<void> {
    const { model, purpose, way, ...line } = entry;
    const page: Heading = { day: dayOf(entry.at), model: mongoText(model), purpose, way };
    const id = pageOf(page, entry.id);
    for (let lines: readonly Line[] | undefined; lines === undefined; ) {
      const turned = (await this.pages.get(id))?.turned ?? 0;
      if ((await this.calls.get(entry.id)) !== undefined) return;
      lines = await this.pages.change(id, (current) => written(current, page, line, totalsOf(entry), turned));
      if (lines !== undefined && lines.length >= this.pageEntries) await this.turn(id, page, lines);
    }
  }

  async sums(from: string, to: string): Promise<LedgerSum[]> {
    const lanes = await this.pages.select({ day: { $gte: from, $lte: to } }, ['day', 'model', 'purpose', 'way', ...COUNTED], { sort: { day: 1, model: 1, purpose: 1, way: 1 } });
    const sums = new Map<string, LedgerSum>();
    for (const { day, model, purpose, way, ...totals } of lanes) {
      const name = JSON.stringify([day, model, purpose, way]);
      sums.set(name, { day, model: textOf(model), purpose, way, ...plus(sums.get(name) ?? NOTHING_YET, totals) });
    }
    return [...sums.values()];
  }

  async entries(from: string, to: string): Promise<LedgerEntry[]> {
    const days = { day: { $gte: from, $lte: to } };
    // What leaves a page in between is a document by then.
    const pages = await this.pages.find(days);
    const calls = await this.calls.find(days);
    const found = new Map<string, LedgerEntry>();
    for (const { model, purpose, way, lines } of pages) for (const line of lines) found.set(line.id, { ...line, model: textOf(model), purpose, way });
    for (const { _id, version: _, day: __, model, ...call } of calls) found.set(_id, { ...call, id: _id, model: textOf(model) });
    return [...found.values()].sort((a, b) => order(a.at, b.at) || order(a.id, b.id));
  }

  private async turn(id: string, { model, purpose, way, day }: Heading, lines: readonly Line[]): Promise<void> {
    const keep = ({ id: call, ...line }: Line): Promise<void> =>
      this.calls.change(call, (current) => ({ next: current === undefined ? { ...line, model, purpose, way, day } : undefined, result: undefined }));
    await Promise.all(lines.map(keep));
    const away = new Set(lines.map((line) => line.id));
    await this.pages.change(id, (current) => {
      const left = current!.lines.filter((line) => !away.has(line.id));
      return { next: left.length === current!.lines.length ? undefined : { ...current!, lines: left, turned: current!.turned + 1 }, result: undefined };
    });
  }
}

/** The page with a line more; gives the lines that it has then, undefined where lines were put away since it was made sure that this is not among those. */
function written(current: PageFields | undefined, page: Heading, line: Line, totals: Totals, turned: number): { readonly next?: PageFields; readonly result: readonly Line[] | undefined } {
  const { lines, turned: now, ...sums } = current ?? { lines: [], turned: 0, ...NOTHING_YET };
  if (now !== turned) return { result: undefined };
  if (lines.some(({ id }) => id === line.id)) return { result: lines };
  const next: PageFields = { ...page, ...plus(sums, totals), lines: [...lines, line], turned };
  return { next, result: next.lines };
}

function pageOf({ day, model, purpose, way }: Heading, call: string): string {
  const [first] = createHash('sha256').update(call).digest();
  return JSON.stringify([day, model, purpose, way, first % LANES]);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
