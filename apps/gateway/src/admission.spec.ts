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

  test('asks to wait as long as finishing takes at the rate of late, within 1 to 60 seconds', () => {
    const edge = admission();
    edge.changed(58);
    expect(edge.retryAfterSeconds).toBe(60);
    for (let i = 0; i < 10; i++) edge.changed(-1);
    // 10 within the last 5 s are 2 a second; 48 - 8 are too many.
    expect(edge.retryAfterSeconds).toBe(20);
    now += 5000 * Math.LN2;
    expect(edge.retryAfterSeconds).toBe(40);
    for (let i = 0; i < 40; i++) edge.changed(-1);
    expect(edge.retryAfterSeconds).toBe(1);
  });
});
