import { solve } from './linear-system.js';

describe('a system of linear equations', () => {
  test.each([
    ['one unknown', [[4]], [2], [0.5]],
    ['a zero where the elimination begins', [[0, 2], [3, 1]], [4, 5], [1, 2]],
    // numpy 2.4.6: linalg.solve
    ['three unknowns', [[2, 1, -1], [-3, -1, 2], [-2, 1, 2]], [8, -11, -3], [2, 3, -1]],
  ])('%s', (_case, matrix, right, solution) => {
    expect(solve(matrix, right)).toEqual(solution.map((value) => expect.closeTo(value, 12)));
  });

  test('leaves its arguments as they are', () => {
    const matrix = [[0, 2], [3, 1]];
    solve(matrix, [4, 5]);
    expect(matrix).toEqual([[0, 2], [3, 1]]);
  });
});
