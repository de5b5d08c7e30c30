import { solve } from './linear-system.js';

/** A strictly concave function of some weights. */
export interface Objective {
  readonly value: (weights: readonly number[]) => number;
  readonly slope: (weights: readonly number[]) => Slope;
}

export interface Slope {
  readonly gradient: number[];
  /** Second derivatives, negated; only the lower triangle is read. */
  readonly curvature: number[][];
}

/**
 * The weights at which the objective is largest, by Newton's method. A full step may overshoot and never come back, so half of
 * it is tried, or half of that …, until the objective does not fall (Boyd and Vandenberghe, Convex Optimization, section 9.5).
 */
export function maximise({ value, slope }: Objective, start: readonly number[]): number[] {
  let weights = [...start];
  let height = value(weights);
  for (let round = 0; round < 100; round++) {
    const { gradient, curvature } = slope(weights);
    const step = solve(symmetric(curvature), gradient);
    let share = 1;
    let next: number[];
    let there: number;
    for (; ; share /= 2) {
      next = weights.map((weight, i) => weight + share * step[i]);
      there = value(next);
      if (there >= height) break;
      if (share < 1e-6) return weights;
    }
    weights = next;
    height = there;
    if (share * Math.max(...step.map(Math.abs)) < 1e-8) break;
  }
  return weights;
}

function symmetric(lower: readonly (readonly number[])[]): number[][] {
  return lower.map((row, i) => row.map((_, j) => (j <= i ? lower[i][j] : lower[j][i])));
}
