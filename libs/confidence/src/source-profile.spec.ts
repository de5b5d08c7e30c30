import { type GradeBand, type Standard } from '@math-labeler/curriculum';
import fc from 'fast-check';
import { bandMass, type BandMass, learnSourceProfile, sourcePrior } from './source-profile.js';

/** Two standards of 1–2, three of 3–4 and three of 5–6: shares 0.25, 0.375, 0.375. */
const standards = (['1-2', '1-2', '3-4', '3-4', '3-4', '5-6', '5-6', '5-6'] as const satisfies GradeBand[]).map(
  (gradeBand): Standard => ({ code: '', domain: '수와 연산', unit: '', statement: '', semesters: [], gradeBand }),
);
const base = [0.25, 0.375, 0.375];
const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 9));

const upper: BandMass[] = [[0.02, 0.08, 0.9], [0.1, 0.5, 0.4], [0.05, 0.15, 0.8], [0.3, 0.3, 0.4]];
const times = (masses: readonly BandMass[], count: number) => Array.from({ length: count }, (_, i) => masses[i % masses.length]);
const mixed: BandMass[] = [...times([[0.9, 0.05, 0.05]], 10), ...times([[0.05, 0.9, 0.05]], 15), ...times([[0.05, 0.05, 0.9]], 15)];

describe('the grade bands of a source', () => {
  // 50 rounds of the EM of Saerens et al. 2002 over three bands, ten imagined problems, in numpy 2.4.6
  test.each([
    ['three problems, mostly of grades 5–6, hardly move them', times(upper, 3), [0.20211386, 0.33566546, 0.46222067]],
    ['forty such problems move them far', times(upper, 40), [0.07556396, 0.14292801, 0.78150803]],
    ['a mixed source stays like the curriculum', mixed, [0.26326192, 0.36836904, 0.36836904]],
  ])('%s', (_case, masses, bands) => {
    const profile = learnSourceProfile(masses, standards);
    expect(profile.problems).toBe(masses.length);
    expect(profile.bands).toEqual(bands.map((share) => expect.closeTo(share, 7)));
  });

  test('without problems they are the curriculum’s', () => {
    expect(learnSourceProfile([], standards).bands).toEqual(near(base));
  });

  test('more problems of the same kind are a fixed point: one more round changes nothing', () => {
    const masses = times(upper, 400);
    const { bands } = learnSourceProfile(masses, standards);
    const sums = [0, 0, 0];
    for (const mass of masses) {
      const weighted = mass.map((part, band) => (part * bands[band]) / base[band]);
      const total = weighted.reduce((a, b) => a + b);
      weighted.forEach((part, band) => (sums[band] += part / total));
    }
    expect(sums.map((sum, band) => (sum + 10 * base[band]) / 410)).toEqual(bands.map((share) => expect.closeTo(share, 6)));
  });

  test('they are shares, whatever the problems', () => {
    const mass = fc.tuple(fc.double({ min: 0.001, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
    const masses = fc.array(mass.map(([a, b, c]): BandMass => [a / (a + b + c), b / (a + b + c), c / (a + b + c)]), { maxLength: 20 });
    fc.assert(
      fc.property(masses, (problems) => {
        const { bands } = learnSourceProfile(problems, standards);
        expect(bands.reduce((sum, share) => sum + share)).toBeCloseTo(1, 9);
        expect(Math.min(...bands)).toBeGreaterThan(0);
      }),
    );
  });
});

describe('the prior that a source gives', () => {
  test('is nothing for a source that is like the curriculum', () => {
    expect([...sourcePrior({ problems: 0, bands: [0.25, 0.375, 0.375] }, standards)]).toEqual(new Array(8).fill(expect.closeTo(0, 6)));
  });

  test('is the log of how much more of its problems a band has than the curriculum', () => {
    const prior = sourcePrior({ problems: 100, bands: [0.125, 0.125, 0.75] }, standards);
    expect([prior[0], prior[2], prior[7]]).toEqual([Math.log(1 / 2), Math.log(1 / 3), Math.log(2)].map((value) => expect.closeTo(value, 6)));
  });
});

test('the mass of a band is that of its standards', () => {
  const mass = bandMass(Float32Array.of(0.5, 0, 0.125, 0.125, 0, 0, 0, 0.25), standards);
  expect(mass).toEqual([0.5, 0.25, 0.25]);
});
