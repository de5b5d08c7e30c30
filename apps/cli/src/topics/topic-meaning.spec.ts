import { EVENTS } from '@math-labeler/contracts';
import { meaningOf } from './topic-meaning.js';

test.each(EVENTS.map(({ type }) => type))('%s is described in both languages', (type) => {
  const { ko, en } = meaningOf(type)!;
  expect(ko).toMatch(/[가-힣]/);
  expect(en).not.toMatch(/[가-힣]/);
});

test('a dead-letter topic names the topic it belongs to, and a foreign topic has no meaning', () => {
  expect(meaningOf('problem.labeled.v1.dlq')?.en).toContain('problem.labeled.v1');
  expect(meaningOf('orders')).toBeUndefined();
});
