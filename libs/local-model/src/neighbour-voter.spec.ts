import { neighbourVote } from './neighbour-voter.js';

const positions = new Map([['2수01-01', 0], ['4수01-02', 1], ['6수01-03', 2]]);

describe('the vote of the neighbours', () => {
  test.each([
    ['each has its share of the best', [{ code: '4수01-02', score: 8 }, { code: '2수01-01', score: 2 }], [0.25, 1, 0]],
    ['the order of the candidates does not matter', [{ code: '2수01-01', score: 2 }, { code: '4수01-02', score: 8 }], [0.25, 1, 0]],
    ['without candidates nothing is supported', [], [0, 0, 0]],
    ['candidates without any likeness support nothing', [{ code: '2수01-01', score: 0 }], [0, 0, 0]],
    ['a standard that the curriculum does not have is passed over', [{ code: '9수01-01', score: 1 }, { code: '6수01-03', score: 1 }], [0, 0, 1]],
  ])('%s', (_case, candidates, vote) => {
    expect([...neighbourVote(candidates, positions)]).toEqual(vote);
  });
});
