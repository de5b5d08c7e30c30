import { dayOf, LLM_COLLECTIONS, openLedger, PRICE_UNKNOWN, total } from '@math-labeler/llm';
import { readSettings } from '@math-labeler/service-kit';
import { EXIT, type ExitCode } from '../exit-code.js';
import { LineOutput } from '../line-output.js';
import { withStore } from '../open-store.js';
import { type Session, tell } from '../session.js';
import { costRecord, costReport } from './cost-report.js';
import { type Month, monthOf } from './month.js';

export interface ShowOptions {
  /** Undefined: this one. */
  readonly month?: Month;
  readonly json: boolean;
}

/** What the language model has cost in a month, by the ledger of a server with this environment. */
export async function showCost(session: Session, { month = monthOf(dayOf(Date.now()).slice(0, 7)), json }: ShowOptions): Promise<ExitCode> {
  const limits = readSettings(session.env).llm?.budget ?? {};
  const sums = await withStore(session, 'look', LLM_COLLECTIONS, (store) => openLedger(store).sums(month.from, month.to));
  const output = new LineOutput(session.stdout);
  if (json) await output.write(JSON.stringify(costRecord(sums, month, limits), null, 2));
  else if (sums.length > 0) for (const line of costReport(sums, month, limits, session.language)) await output.write(line);
  if (sums.length === 0) tell(session, { ko: `${month.name}에는 언어 모델에 쓴 것이 없습니다.`, en: `Nothing was spent on a language model in ${month.name}.` });
  if (total(sums).unpriced > 0) tell(session, PRICE_UNKNOWN);
  return EXIT.done;
}
