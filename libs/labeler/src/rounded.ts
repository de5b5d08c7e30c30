/** To four decimals: more would pretend, and votes are the same whether they stay in a process or travel as JSON. */
export function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
