/** To three decimals. */
export function round(value) {
  return Math.round(value * 1000) / 1000;
}

/** The value that so great a share of the others does not exceed. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

export async function best(runs, measure) {
  const results = [];
  for (let run = 0; run < runs; run++) results.push(await measure());
  return results.reduce((a, b) => (b.seconds < a.seconds ? b : a));
}

/** What it is doing, for whoever waits. */
export function say(progress) {
  process.stderr.write(`${progress}\n`);
}
