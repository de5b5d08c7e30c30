import { monthNamed } from './month.js';

test.each([
  ['2026-11', '2026-11-01', '2026-11-30'],
  ['2028-02', '2028-02-01', '2028-02-29'],
  ['2026-12', '2026-12-01', '2026-12-31'],
])('%s goes from %s to %s', (name, from, to) => {
  expect(monthNamed('ko')(name)).toEqual({ name, from, to });
});

test.each(['2026-13', '2026-1', '11-2026', '2026-11-01', ''])('%j is no month', (name) => {
  expect(() => monthNamed('ko')(name)).toThrow('2026-11 꼴이어야 합니다');
});
