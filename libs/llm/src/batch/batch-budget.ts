import { type InputError } from '@math-labeler/curriculum';
import { type Budget } from '../ledger/budget.js';
import { DOLLAR } from '../ledger/cost.js';
import { batchError } from './batch-errors.js';

/** Throws InputError LLM.OVER_BUDGET where what is to be handed over, with what is under way already, would exceed a limit. Nano-dollars. */
export async function requireBudget(budget: Budget, estimate: number, underWay: number): Promise<void> {
  const { day, month } = await budget.state();
  for (const [field, spending] of [['LLM_BUDGET_DAY', day], ['LLM_BUDGET_MONTH', month]] as const) {
    if (spending === undefined) continue;
    const left = Math.max(0, spending.limit - spending.spent - underWay);
    if (estimate > left || spending.spent >= spending.limit) throw overBudget(field, estimate, left);
  }
}

export function overBudget(field: string, estimate: number, left: number): InputError {
  const [cost, rest] = [estimate, left].map((nano) => `$${(nano / DOLLAR).toFixed(4)}`);
  return batchError('OVER_BUDGET', { ko: `이 묶음에는 ${cost}쯤 드는데 예산은 ${rest} 남았습니다. 아무것도 묻지 않았습니다`, en: `allows ${rest} more, and this batch would cost about ${cost}; nothing was asked` }, field);
}
