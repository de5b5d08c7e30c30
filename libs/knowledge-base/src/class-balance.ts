import { type Curriculum, type Domain, type Level, LEVELS } from '@math-labeler/curriculum';

/** A pair of standard and level with fewer examples is hard to learn. */
const RARE = 3;
/** A standard with so many times the examples of the median one, */
const HEAVY_TIMES = 20;
/** and with at least so many, outweighs the others. */
const HEAVY_LEAST = 500;

export type LevelCounts = Readonly<Record<Level, number>>;

export interface StandardBalance {
  readonly code: string;
  readonly domain: Domain;
  readonly total: number;
  readonly levels: LevelCounts;
}

/** How many examples each class has. */
export interface ClassBalance {
  readonly total: number;
  /** All standards, in code order. */
  readonly standards: readonly StandardBalance[];
  readonly domains: readonly { readonly domain: Domain; readonly total: number; readonly levels: LevelCounts }[];
  /** Standards without any example. */
  readonly empty: readonly string[];
  /** Standard and level (`2수01-01-A`) with fewer than 3 examples. */
  readonly rare: readonly string[];
  /** Standards with more than 20 times the examples of the median one. */
  readonly heavy: readonly string[];
}

interface Labelled {
  readonly code: string;
  readonly level: Level;
}

export function classBalance({ standards }: Pick<Curriculum, 'standards'>, examples: Iterable<Labelled>): ClassBalance {
  const counts = new Map(standards.map(({ code }) => [code, { A: 0, B: 0, C: 0 }]));
  for (const { code, level } of examples) {
    const levels = counts.get(code);
    if (levels !== undefined) levels[level]++;
  }
  const balanced = standards.map(({ code, domain }) => ({ code, domain, total: sum(counts.get(code)!), levels: counts.get(code)! }));
  const median = balanced.map(({ total }) => total).sort((a, b) => a - b)[Math.floor(balanced.length / 2)] ?? 0;
  return {
    total: balanced.reduce((all, { total }) => all + total, 0),
    standards: balanced,
    domains: [...new Set(standards.map(({ domain }) => domain))].map((domain) => {
      const levels = balanced.filter((standard) => standard.domain === domain).reduce((all, { levels }) => added(all, levels), { A: 0, B: 0, C: 0 });
      return { domain, total: sum(levels), levels };
    }),
    empty: balanced.filter(({ total }) => total === 0).map(({ code }) => code),
    rare: balanced.flatMap(({ code, levels }) => LEVELS.filter((level) => levels[level] < RARE).map((level) => `${code}-${level}`)),
    heavy: balanced.filter(({ total }) => total >= HEAVY_LEAST && total > HEAVY_TIMES * median).map(({ code }) => code),
  };
}

function sum({ A, B, C }: LevelCounts): number {
  return A + B + C;
}

function added(one: LevelCounts, other: LevelCounts): LevelCounts {
  return { A: one.A + other.A, B: one.B + other.B, C: one.C + other.C };
}
