import { byteLines } from './byte-lines.js';

async function linesOf(pieces: readonly string[], longest = 100): Promise<(string | undefined)[]> {
  const stream = async function* () {
    for (const piece of pieces) yield Buffer.from(piece, 'latin1');
  };
  const lines: (string | undefined)[] = [];
  for await (const batch of byteLines(stream(), longest)) for (const { bytes } of batch) lines.push(bytes?.toString('latin1'));
  return lines;
}

test.each([
  [['a\nb\n'], ['a', 'b']],
  [['a', 'b\nc', '\n', 'd'], ['ab', 'c', 'd']],
  [['\n\na\n'], ['', '', 'a']],
  [[], []],
  [['\xec\x9d', '\xb4\n'], ['\xec\x9d\xb4']],
])('%j is cut into %j', async (pieces, lines) => {
  expect(await linesOf(pieces)).toEqual(lines);
});

test('a line beyond the limit is let go, and those behind it are read', async () => {
  expect(await linesOf(['x'.repeat(60), 'x'.repeat(60), '\nok\n', 'y'.repeat(200)])).toEqual([undefined, 'ok', undefined]);
});
