import { DOLLAR } from '@math-labeler/llm';

/** Nano-dollars as dollars, to the hundredth of a cent; amounts below that as exactly as they are. */
export function money(nano: number): string {
  const dollars = nano / DOLLAR;
  return `$${nano === 0 || dollars >= 0.01 ? dollars.toFixed(4) : dollars.toFixed(9).replace(/0+$/, '')}`;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
