import { seededRandom } from '@math-labeler/evaluation';
import { type Calibration, type Observation } from './calibration.js';
import { type Votes } from './votes.js';

/** Votes over four standards: scores of the model, support of the neighbours, and scores of the level. */
export function votes(standards: readonly number[], neighbours: readonly number[] = [1, 0, 0, 0], level: readonly [number, number] = [-1, 1], rest: Partial<Votes> = {}): Votes {
  return {
    local: { standards: Float32Array.from(standards), levels: () => Float32Array.from(level), familiarity: 1 },
    neighbours: Float32Array.from(neighbours),
    checks: Float32Array.of(0, 0, 0, 0),
    ceiling: 1,
    ...rest,
  };
}

/**
 * Observations whose lead says how often they are right: the model leads for standard `i % 4` by up to 1, and the smaller the lead,
 * the more often the second best is right.
 */
export function observations(count: number): Observation[] {
  const random = seededRandom(1);
  const chance = (): number => random(2 ** 20) / 2 ** 20;
  return Array.from({ length: count }, (_, i) => {
    const lead = chance();
    const best = i % 4;
    const second = (i + 1) % 4;
    const wrong = chance() > 1 / (1 + Math.exp(-5 * lead));
    const scores = [-1, -1, -1, -1];
    scores[best] = lead - 0.2;
    scores[second] = -0.2;
    const level = chance();
    return {
      votes: votes(scores, [0, 1, 2, 3].map(chance), [level * 2 - 1.4, level * 2 - 0.4]),
      standard: wrong ? second : best,
      level: level > 0.7 ? 0 : level > 0.2 ? 1 : 2,
    };
  });
}

/** A calibration as real ones are. */
export const calibration: Calibration = {
  problems: 4000,
  first: { signals: [5, 3], right: [0, 1] },
  second: { signals: [5, 3, 0.5], right: [-0.5, 0.8] },
  level: { a: 3.9, aOrB: 3.3 },
  operatingPoints: [
    { threshold: 0.99, coverage: 0.6, error: 0.002 },
    { threshold: 0.9, coverage: 0.84, error: 0.01 },
    { threshold: 0.7, coverage: 0.93, error: 0.03 },
    { threshold: 0.3, coverage: 1, error: 0.06 },
  ],
};
