import { type OperatingPoint } from './risk-coverage.js';
import { columns, padLeft } from './text-columns.js';

const eighths = ' ▁▂▃▄▅▆▇█';
const height = 8;
const gutter = 9;

/** The error of accepting the surest `coverage` of the answers: that of the first point reaching so far. */
function errorAt(curve: readonly OperatingPoint[], coverage: number): number {
  return (curve.find((point) => point.coverage >= coverage - 1e-9) ?? curve[curve.length - 1]).error;
}

/** 0, 25, 50, 75 and 100 % under the columns where they end. */
function ticks(plotWidth: number): string {
  return [0, 25, 50, 75, 100].reduce((line, percent) => {
    const label = `${percent} %`;
    return line + padLeft(label, Math.max(0, Math.round((percent / 100) * plotWidth) - columns(line)));
  }, '');
}

/** The risk–coverage curve in block characters: coverage to the right, error upwards from zero. Empty without a curve. */
export function renderRiskCoverage(curve: readonly OperatingPoint[], { width }: { width: number }): string[] {
  if (curve.length === 0) return [];
  const plotWidth = width - gutter;
  const errors = Array.from({ length: plotWidth }, (_, x) => errorAt(curve, (x + 1) / plotWidth));
  // A curve without any error is drawn on a scale of one per cent.
  const top = Math.max(0.01, ...errors);
  const levels = errors.map((error) => (error === 0 ? 0 : Math.max(1, Math.round((error / top) * height * 8))));
  const rows = Array.from({ length: height }, (_, i) => {
    const row = height - 1 - i;
    const scale = i === 0 ? `${(100 * top).toFixed(1)} %` : i === height / 2 ? `${(50 * top).toFixed(1)} %` : '';
    const blocks = levels.map((level) => eighths[Math.min(8, Math.max(0, level - 8 * row))]).join('');
    return `${padLeft(scale, gutter - 2)} │${blocks}`.trimEnd();
  });
  return [...rows, `${padLeft('0 %', gutter - 2)} └${'─'.repeat(plotWidth)}`, ' '.repeat(gutter) + ticks(plotWidth)];
}
