import { maximise } from './newton.js';

describe('Newton’s method with halved steps', () => {
  test('finds the top of a parabola in two variables: x + 2y − x² − xy − y² is largest at (0, 1)', () => {
    const top = maximise(
      {
        value: ([x, y]) => x + 2 * y - x * x - x * y - y * y,
        slope: ([x, y]) => ({ gradient: [1 - 2 * x - y, 2 - x - 2 * y], curvature: [[2, 0], [1, 2]] }),
      },
      [5, -3],
    );
    expect(top).toEqual([expect.closeTo(0, 8), expect.closeTo(1, 8)]);
  });

  // Boyd and Vandenberghe, Convex Optimization, exercise 9.10: pure Newton on ln(eˣ + e⁻ˣ) converges from 1 and diverges from 1.1
  test.each([1, 1.1, 5])('does not diverge on −ln(eˣ + e⁻ˣ) from %d, and never goes down', (start) => {
    const heights: number[] = [];
    const value = ([x]: readonly number[]) => -Math.abs(x) - Math.log1p(Math.exp(-2 * Math.abs(x)));
    const slope = ([x]: readonly number[]) => {
      heights.push(value([x]));
      return { gradient: [-Math.tanh(x)], curvature: [[1 - Math.tanh(x) ** 2 + 1e-12]] };
    };
    expect(maximise({ value, slope }, [start])[0]).toBeCloseTo(0, 6);
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
  });
});
