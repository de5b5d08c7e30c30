import { readSubmitted } from './read-submitted.js';

test.each([
  [{ id: 7, content: '문제', metadata: { grade: 1 } }, { id: '7', content: '문제', metadata: { grade: 1 } }],
  [{ id: '7', text: '문제' }, { id: '7', content: '문제' }],
  [{ text: '문제' }, { id: 'e', content: '문제' }],
  [{ id: ' ', content: 5, metadata: [] }, { id: 'e', content: '' }],
  [{ id: 'x'.repeat(201), content: '문제' }, { id: 'e', content: '문제' }],
  ['문제', { id: 'e', content: '' }],
  [null, { id: 'e', content: '' }],
])('%j is known as %j', (data, expected) => {
  expect(readSubmitted({ id: 'e', time: 't', data: data as object })).toEqual({ eventId: 'e', at: 't', ...expected });
});
