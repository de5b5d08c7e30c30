import { type BudgetState, type ConsultantObserver, DOLLAR } from '@math-labeler/llm';
import { type Logger } from './logging.js';
import { type Metrics } from './metrics.js';

/** Makes metrics and log lines of what asking a language model brings about. */
export function watchLlm(metrics: Metrics, logger: Logger, { maxInFlight }: { readonly maxInFlight: number }): ConsultantObserver {
  metrics.llmUp.set(1);
  metrics.llmLimit.set(maxInFlight);
  return {
    model: {
      called: ({ outcome, seconds, error }) => {
        metrics.llmCalls.observe({ outcome }, seconds);
        if (error !== undefined) logger.warn({ outcome, reason: (error as Error).message, seconds }, 'the language model did not answer');
      },
      breakerChanged: (state, absence) => {
        metrics.llmUp.set(state === 'closed' ? 1 : 0);
        if (state === 'open') logger.error({ absence }, 'the language model fails; problems are labelled without it until it answers again');
        else if (state === 'closed') logger.info('the language model answers again');
      },
      limitChanged: (limit) => metrics.llmLimit.set(limit),
      waiting: (count) => metrics.llmWaiting.set(count),
    },
    spending: {
      onReuse: ({ purpose }) => metrics.llmReused.inc({ purpose }),
      onPaid: ({ purpose, input, cachedInput, output, cost }) => {
        metrics.llmTokens.inc({ purpose, kind: 'input' }, input - cachedInput);
        metrics.llmTokens.inc({ purpose, kind: 'cached input' }, cachedInput);
        metrics.llmTokens.inc({ purpose, kind: 'output' }, output);
        metrics.llmDollars.inc({ purpose }, (cost ?? 0) / DOLLAR);
      },
      onOverBudget: ({ purpose }) => metrics.llmOverBudget.inc({ purpose }),
    },
    onBudget: (state) => tellBudget(state, metrics, logger),
    onDropped: (parameter, complaint) => logger.info({ parameter, complaint }, 'the provider does not know a parameter; it is left out'),
  };
}

function tellBudget({ kind, day, month, unpriced }: BudgetState, metrics: Metrics, logger: Logger): void {
  const spendings = Object.entries({ day, month }).flatMap(([period, spending]) => (spending === undefined ? [] : [{ period, dollars: spending.spent / DOLLAR, limit: spending.limit / DOLLAR }]));
  metrics.llmBudgetSpent.set(kind === 'spent' ? 1 : 0);
  if (kind === 'spent') logger.error({ spendings, unpriced }, 'the budget for the language model is spent; problems are labelled without it');
  else if (kind === 'warned') logger.warn({ spendings, unpriced }, 'four fifths of the budget for the language model are spent');
  else logger.info({ spendings }, 'the budget for the language model is open again');
}
