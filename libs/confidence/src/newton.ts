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

/** Within this much of the top, by the parabola that a Newton step goes by, the step is the last: what follows is rounding. */
const CLOSE_ENOUGH = 1e-9;

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
    const towards = (share: number): number[] => weights.map((weight, i) => weight + share * step[i]);
    if (step.reduce((gain, part, i) => gain + (part * gradient[i]) / 2, 0) < CLOSE_ENOUGH) return towards(1);
    let share = 1;
    let next = towards(share);
    let there = value(next);
    while (there < height && share > 1e-6) {
      share /= 2;
      next = towards(share);
      there = value(next);
    }
    if (there < height) return weights;
    weights = next;
    height = there;
  }
  return weights;
}

function symmetric(lower: readonly (readonly number[])[]): number[][] {
  return lower.map((row, i) => row.map((_, j) => (j <= i ? lower[i][j] : lower[j][i])));
}
