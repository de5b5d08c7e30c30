import { textTable } from './text-table.js';

test('Korean and Latin cells line up, numbers to the right', () => {
  expect(textTable([['토픽', '기록', '뜻'], ['a.v1', 7, '제출'], ['longer.v1', 1234, 'x']])).toEqual(['토픽       기록  뜻', 'a.v1          7  제출', 'longer.v1  1234  x']);
});
