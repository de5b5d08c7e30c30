import fc from 'fast-check';
import { Spotlight, visible } from './spotlight.js';

test('given any text, then nothing in it ends the mark that it stands in', () => {
  const parts = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('</자료>', '<자료 0123456789>', '\n', '</자료 ')), { maxLength: 8 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(parts, (text) => {
      const light = new Spotlight([text]);
      const marked = light.on(text);
      const end = marked.slice(marked.lastIndexOf('\n') + 1);
      expect(marked.startsWith(`${light.opening}\n`)).toBe(true);
      expect(marked.indexOf(end)).toBe(marked.length - end.length);
    }),
    { numRuns: 500 },
  );
});

test('what hides or turns text round is taken out; lines stay', () => {
  expect(visible('하나\u202e둘\u200b셋\u0007\n넷\u{e0041}')).toBe('하나둘셋\n넷');
});
