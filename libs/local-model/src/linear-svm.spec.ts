import fc from 'fast-check';
import { type BinarySvm, type SvmOptions, svmTrainer } from './linear-svm.js';
import { type SparseMatrix } from './sparse-matrix.js';

const exact: SvmOptions = { cost: 2, tolerance: 1e-10, maxEpochs: 20_000, seed: 1 };

function sparse(rows: readonly (readonly number[])[]): SparseMatrix {
  const cells = rows.map((row) => row.flatMap((value, column) => (value === 0 ? [] : [{ column, value }])));
  const offsets = new Uint32Array(rows.length + 1);
  cells.forEach((row, i) => (offsets[i + 1] = offsets[i] + row.length));
  return { offsets, indices: Uint32Array.from(cells.flat(), ({ column }) => column), values: Float32Array.from(cells.flat(), ({ value }) => value) };
}

const points = [[1, 0, 0.5], [0.75, 0.25, 0], [0, 1, 0.25], [0.5, -0.5, 1], [-1, 0.25, 0], [-0.5, -0.75, 0.5], [0.25, -1, -0.5], [-0.25, 0.5, -1]];
const positive = [true, true, true, true, false, false, false, true];

function train(rows: readonly (readonly number[])[], labels: readonly boolean[], weights: readonly number[], options: SvmOptions = exact): BinarySvm {
  return svmTrainer(sparse(rows), rows[0].length, Float32Array.from(weights), options)((row) => labels[row]);
}

const rounded = ({ weights, bias }: BinarySvm, digits: number) => [...weights, bias].map((value) => expect.closeTo(value, digits));
const ones = (rows: readonly unknown[]) => rows.map(() => 1);

describe('a linear SVM', () => {
  // scikit-learn 1.9.1: LinearSVC(C=2, loss='squared_hinge', dual=True, intercept_scaling=1), confirmed by scipy 1.17.1 BFGS on the primal
  test.each([
    ['with equal rows', ones(points), [1.3648367, 1.2993591, 0.2013744, 0.4135588]],
    ['with weighted rows', [1, 3, 0.5, 1, 2, 1, 1, 0.25], [1.198251, 0.9133179, 0.4523544, 0.1030374]],
  ])('%s ends at the optimum', (_case, weights, optimum) => {
    const { weights: found, bias } = train(points, positive, weights);
    expect([...found, bias]).toEqual(optimum.map((value) => expect.closeTo(value, 6)));
  });

  test('a row of weight 3 is three rows', () => {
    const once = train(points, positive, [1, 3, 1, 1, 2, 1, 1, 1]);
    const repeated = train([...points, points[1], points[1], points[4]], [...positive, true, true, false], new Array<number>(11).fill(1));
    expect([...once.weights, once.bias]).toEqual(rounded(repeated, 6));
  });

  test('separable rows are separated, by a margin of nearly 1 when violations are dear', () => {
    const rows = [[2, 1], [1, 2], [3, 3], [-1, -2], [-2, -1]];
    const { weights, bias } = train(rows, [true, true, true, false, false], ones(rows), { ...exact, cost: 1000 });
    const margins = rows.map(([x, y], i) => (i < 3 ? 1 : -1) * (weights[0] * x + weights[1] * y + bias));
    expect(Math.min(...margins)).toBeCloseTo(1, 2);
  });

  test('at the end the primal gradient is zero, whatever the rows (shrinking gives up no row for good)', () => {
    const row = fc.tuple(fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 10, maxLength: 10 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 60, size: 'max' }), fc.integer(), (examples, seed) => {
        const rows = examples.map(([cells]) => cells.map((cell) => cell / 8));
        const { weights, bias } = train(rows, examples.map(([, label]) => label), ones(rows), { ...exact, seed, cost: 5, tolerance: 1e-9 });
        const gradient = [...weights, bias];
        rows.forEach((cells, i) => {
          const sign = examples[i][1] ? 1 : -1;
          const violation = Math.max(0, 1 - sign * cells.reduce((sum, cell, column) => sum + weights[column] * cell, bias));
          [...cells, 1].forEach((cell, column) => (gradient[column] -= 2 * 5 * violation * sign * cell));
        });
        expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-6);
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  test('the same seed gives the same bits, another seed another path to the same optimum', () => {
    const loose = { ...exact, tolerance: 0.1 };
    const first = train(points, positive, ones(points), loose);
    expect(train(points, positive, ones(points), loose)).toEqual(first);
    const other = train(points, positive, ones(points), { ...loose, seed: 2 });
    expect(other).not.toEqual(first);
    expect([...other.weights, other.bias]).toEqual(rounded(first, 0));
  });

  test('one trainer serves class after class without remembering the last', () => {
    const trainer = svmTrainer(sparse(points), 3, Float32Array.from(ones(points)), exact);
    const first = trainer((row) => positive[row]);
    expect(trainer((row) => !positive[row]).bias).toBeCloseTo(-first.bias, 6);
    const again = trainer((row) => positive[row]);
    expect([...again.weights, again.bias]).toEqual(rounded(first, 6));
  });

  test('training stops after the epochs it is given', () => {
    expect(train(points, positive, ones(points), { ...exact, maxEpochs: 0 })).toEqual({ weights: new Float64Array(3), bias: 0 });
  });
});
