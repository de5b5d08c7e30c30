import { analyse } from '@math-labeler/problem-text';
import { type Votes } from '@math-labeler/confidence';
import { type Curriculum } from '@math-labeler/curriculum';
import { checkVote, favourites, fromMessage, toMessage } from './voting.js';

describe('the vote of the checks', () => {
  const fractions = analyse('2/3 + 1/5 =');

  test('is 1 for the standard of the operation and numbers, 0 for others', () => {
    expect([...checkVote(fractions, new Map([['2수01-01', 0], ['6수01-08', 1], ['6수03-16', 2]]))]).toEqual([0, 1, 0]);
  });

  test('passes over a standard that the curriculum does not have', () => {
    expect([...checkVote(fractions, new Map([['2수01-01', 0]]))]).toEqual([0]);
  });
});

describe('votes that travel', () => {
  const curriculum = { standards: [{ code: '2수01-01' }, { code: '2수01-02' }] } as unknown as Curriculum;
  const levels = [Float32Array.of(0.1234, -0.5), Float32Array.of(1.5, 0.0001)];
  const votes: Votes = {
    local: { standards: Float32Array.of(1.2031, -0.7312), levels: (standard) => levels[standard], familiarity: 0.9 },
    neighbours: Float32Array.of(0.2505, 1),
    checks: Float32Array.of(0, 1),
    ceiling: 0.6667,
  };

  test('come back as they were, to the last bit', () => {
    const back = fromMessage(JSON.parse(JSON.stringify(toMessage(votes, curriculum, [0, 1]))) as never, curriculum);
    expect({ ...back, local: { ...back.local, levels: [0, 1].map(back.local.levels) } }).toEqual({ ...votes, local: { ...votes.local, levels } });
  });

  test('hold levels for the standards in question alone', () => {
    expect(toMessage(votes, curriculum, [1]).local.levels).toEqual([{ code: '2수01-02', a: 1.5, aOrB: 0.0001 }]);
    expect(fromMessage(toMessage(votes, curriculum, [1]), curriculum).local.levels(0)).toEqual(Float32Array.of(0, 0));
  });

  test('of another curriculum are refused', () => {
    expect(() => fromMessage(toMessage(votes, curriculum, []), { standards: [] } as unknown as Curriculum)).toThrow(/2 standards/);
  });

  test('name each voter’s favourites, best first', () => {
    expect(favourites(votes, undefined, curriculum)).toEqual([
      { voter: 'local', favourites: [{ code: '2수01-01', score: 1.2031 }, { code: '2수01-02', score: -0.7312 }] },
      { voter: 'neighbours', favourites: [{ code: '2수01-02', score: 1 }, { code: '2수01-01', score: 0.2505 }] },
      { voter: 'checks', favourites: [{ code: '2수01-02', score: 1 }] },
    ]);
  });
});
