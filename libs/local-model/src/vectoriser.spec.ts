import { type DocumentFrequencies } from './document-frequencies.js';
import { type BlockShares, Vectoriser } from './vectoriser.js';

const BLOCKS = ['c', 'w'];
const COLUMNS = 64;
const NEGATIVE = 2 ** 31;

/** Nine problems: features 1 and 2 occur in one, 3 in four. */
const nine = frequencies(9, { 1: 1, 2: 1, 3: 4, [1 + COLUMNS]: 1 });

function frequencies(problems: number, known: Readonly<Record<number, number>>): DocumentFrequencies {
  const counts = new Uint16Array(2 ** 20);
  for (const [slot, count] of Object.entries(known)) counts[Number(slot)] = count;
  return { problems, counts };
}

/** The vector as column → value. */
function vectorOf(shares: BlockShares, ...blocks: number[][]): Record<number, number> {
  const { indices, values } = new Vectoriser(shares, BLOCKS, nine, COLUMNS).vectorise(blocks.map((block) => Uint32Array.from(block)));
  return Object.fromEntries([...indices].map((column, i) => [column, values[i]]));
}

const near = (value: number) => expect.closeTo(value, 6);

describe('a vector of hashed features', () => {
  // ln(10 / 2) + 1 and ln(10 / 5) + 1
  test('rare features weigh more: ln((1 + N) / (1 + df)) + 1', () => {
    const vectoriser = new Vectoriser({ c: 1 }, BLOCKS, nine, COLUMNS);
    expect([1, 3, 99].map((hash) => vectoriser.featureValue(hash))).toEqual([near(2.609438), near(1.693147), 0]);
  });

  test('a feature of more problems than the table of weights is long weighs by the same formula', () => {
    const vectoriser = new Vectoriser({ c: 1 }, BLOCKS, frequencies(9999, { 1: 4095, 2: 4096, 3: 9999 }), COLUMNS);
    expect([1, 2, 3].map((hash) => vectoriser.featureValue(hash))).toEqual([near(1 + Math.log(10000 / 4096)), near(1 + Math.log(10000 / 4097)), near(1)]);
  });

  test('each block has its share of the squared length, however many features it has', () => {
    const vector = vectorOf({ c: 0.7, w: 0.2 }, [1, 3], [2]);
    expect(vector[1] ** 2 + vector[3] ** 2).toBeCloseTo(0.7, 6);
    expect(vector[1] / vector[3]).toBeCloseTo(2.609438 / 1.693147, 5);
    expect(vector[2] ** 2).toBeCloseTo(0.2, 6);
  });

  test('features that no problem had change nothing', () => {
    expect(vectorOf({ c: 0.7, w: 0.2 }, [1, 77, 3], [88])).toEqual(vectorOf({ c: 0.7, w: 0.2 }, [1, 3], []));
    expect(vectorOf({ c: 0.7, w: 0.2 }, [77], [])).toEqual({});
  });

  test('a block without a share is left out', () => {
    expect(vectorOf({ w: 1 }, [1, 3], [2])).toEqual({ 2: 1 });
  });

  test('the top bit of the hash is the sign', () => {
    expect(vectorOf({ c: 1 }, [1, 2 + NEGATIVE], [])).toEqual({ 1: near(Math.SQRT1_2), 2: near(-Math.SQRT1_2) });
  });

  test.each([
    ['of the same sign add up', 1 + COLUMNS, Math.SQRT2],
    ['of opposite signs cancel', 1 + COLUMNS + NEGATIVE, 0],
  ])('two features in one column %s', (_case, other, sum) => {
    expect(vectorOf({ c: 1 }, [1, other], [])).toEqual({ 1: near(sum) });
  });

  test('features of two blocks in one column add up', () => {
    expect(vectorOf({ c: 0.25, w: 0.25 }, [1], [1 + COLUMNS])).toEqual({ 1: near(1) });
  });

  test('the next text starts from nothing', () => {
    const vectoriser = new Vectoriser({ c: 1 }, BLOCKS, nine, COLUMNS);
    const none = new Uint32Array(0);
    const first = vectoriser.vectorise([Uint32Array.of(1, 3), none]);
    vectoriser.vectorise([Uint32Array.of(1, 2), none]);
    expect(vectoriser.vectorise([Uint32Array.of(1, 3), none])).toEqual(first);
  });

  test.each([
    [[1, 2, 99, 98], 0.5],
    [[1], 1],
    [[99], 0],
    [[], 0],
  ])('the familiarity of features %j is %d', (hashes, familiarity) => {
    expect(new Vectoriser({ c: 1 }, BLOCKS, nine, COLUMNS).familiarity(Uint32Array.from(hashes))).toBe(familiarity);
  });
});
