import { classBalance } from './class-balance.js';
import { curriculum, example } from './rows.fixture.js';

test('every standard is counted by level, every domain by its standards; what is missing or scarce is named', () => {
  const examples = [...Array.from({ length: 3 }, (_, i) => example(`a${i}`, '', '2수01-01', 'A')), example('b', '', '2수01-01', 'B'), example('c', '', '2수01-04', 'C')];
  expect(classBalance(curriculum, examples)).toEqual({
    total: 5,
    standards: [
      { code: '2수01-01', domain: '수와 연산', total: 4, levels: { A: 3, B: 1, C: 0 } },
      { code: '2수01-04', domain: '수와 연산', total: 1, levels: { A: 0, B: 0, C: 1 } },
      { code: '4수03-01', domain: '도형과 측정', total: 0, levels: { A: 0, B: 0, C: 0 } },
    ],
    domains: [
      { domain: '수와 연산', total: 5, levels: { A: 3, B: 1, C: 1 } },
      { domain: '도형과 측정', total: 0, levels: { A: 0, B: 0, C: 0 } },
    ],
    empty: ['4수03-01'],
    rare: ['2수01-01-B', '2수01-01-C', '2수01-04-A', '2수01-04-B', '2수01-04-C', '4수03-01-A', '4수03-01-B', '4수03-01-C'],
    heavy: [],
  });
});

test('a standard is heavy from 500 examples on, with more than 20 times those of the median', () => {
  const heavy = (count: number, median: number): readonly string[] =>
    classBalance(curriculum, [...Array.from({ length: count }, () => example('a', '')), ...Array.from({ length: median }, () => example('b', '', '2수01-04'))]).heavy;
  expect([heavy(500, 24), heavy(500, 25), heavy(499, 0)]).toEqual([['2수01-01'], [], []]);
});
