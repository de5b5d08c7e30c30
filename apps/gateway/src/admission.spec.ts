import { Admission } from './admission.js';

const publication = { eventId: 'e', published: Promise.resolve() };

describe('admission', () => {
  let now = 0;
  const admission = () => new Admission(10, () => now);

  test('counts what is published and not yet seen, and what is seen and not finished', () => {
    const edge = admission();
    edge.publishing('1', publication);
    edge.publishing('2', publication);
    edge.forget('1');
    edge.changed(1);
    expect(edge.onTheirWay).toBe(2);
    expect(edge.find('2')).toBe(publication);
    edge.changed(-1);
    edge.forget('2');
    edge.forget('2');
    expect(edge.onTheirWay).toBe(0);
  });

  test('what others have put into the log counts, but not twice with what this edge put there', () => {
    const edge = admission();
    for (const id of ['1', '2', '3']) edge.publishing(id, publication);
    edge.lagging(2);
    expect(edge.onTheirWay).toBe(3);
    edge.lagging(12);
    expect([edge.onTheirWay, edge.isFull]).toEqual([12, true]);
  });

  test('is full at its most and not before', () => {
    const edge = admission();
    edge.changed(9);
    expect(edge.isFull).toBe(false);
    edge.changed(1);
    expect(edge.isFull).toBe(true);
  });

  describe('asks to wait', () => {
    /** An edge that had 58 on their way, and has finished 2 a second for so many seconds. */
    const after = (seconds: number): Admission => {
      const edge = admission();
      edge.changed(58);
      for (let i = 0; i < 2 * seconds; i++) {
        edge.changed(-1);
        now += 500;
      }
      return edge;
    };

    test.each([
      ['a moment while nothing has been finished yet', 0, 2],
      ['as long as it takes at the rate of late, when finishing has just begun', 3, 22],
      ['as long as it takes at the rate of late', 10, 15],
      ['a second at least', 25, 1],
    ])('%s', (_, seconds, wait) => {
      // So many are too many: what is left, less four fifths of 10.
      expect(Math.abs(after(seconds).retryAfterSeconds - wait)).toBeLessThanOrEqual(1);
    });

    test('a minute at most', () => {
      const edge = admission();
      edge.changed(1000);
      for (let i = 0; i < 20; i++) {
        edge.changed(-1);
        now += 500;
      }
      expect(edge.retryAfterSeconds).toBe(60);
    });
  });
});
