import { InputError } from '@math-labeler/curriculum';
import { PriceTable } from './price-table.js';

const table = (...rows: readonly object[]): PriceTable => PriceTable.parse(JSON.stringify(rows), 'prices.json');
const row = (given: object): object => ({ model: 'luna', from: '2026-09-22', input: 0.1, cachedInput: 0.01, cacheWrite: 0.125, output: 0.5, batch: 0.5, ...given });

test('a price holds from its day on, until a later one does', () => {
  const prices = table(row({ from: '2026-07-09', input: 1 }), row({ from: '2026-07-30', input: 0.2 }));
  expect(['2026-07-08', '2026-07-09', '2026-07-29', '2026-07-30', '2027-01-01'].map((day) => prices.priceOf('luna', day)?.input)).toEqual([undefined, 1, 1, 0.2, 0.2]);
});

test.each([
  ['luna', 'luna', true],
  ['luna', 'luna-2026-09-22', true],
  ['luna', 'luna-mini', false],
  ['luna', 'gpt-luna', false],
  ['gpt-4.1', 'gpt-401', false],
  ['*/luna', 'openai/luna', true],
  ['ft:luna:*', 'ft:luna:school::a1', true],
])('a row for %s, asked for %s: %s', (model, asked, fits) => {
  expect(table(row({ model })).priceOf(asked, '2026-11-26') !== undefined).toBe(fits);
});

test('of several rows the one that says more of the name holds, wherever it stands', () => {
  const rows = [row({ model: '*', input: 9, from: '2026-10-01' }), row({ model: 'luna*', input: 3 })];
  expect([table(...rows), table(...rows.reverse())].map((each) => each.priceOf('luna-x', '2026-11-26')?.input)).toEqual([3, 3]);
});

test('what a row does not say costs what any input does, and a batch as much as single calls', () => {
  const price = PriceTable.parse('[{"model":"m","from":"2026-01-01","input":2,"output":8}]', 'p').priceOf('m', '2026-11-26');
  expect(price).toMatchObject({ input: 2, cachedInput: 2, cacheWrite: 2, output: 8, batch: 1 });
});

test('the version tells prices apart', () => {
  const version = (given: object): string => table(row(given)).priceOf('luna', '2026-11-26')!.version;
  expect(version({})).toMatch(/^2026-09-22-[0-9a-f]{8}$/);
  expect(version({ source: 'https://example.org' })).toBe(version({}));
  expect(version({ output: 0.51 })).not.toBe(version({}));
});

test.each([
  ['no JSON', '[', undefined, /JSON/],
  ['no list', '{}', undefined, /./],
  ['a price that is a text', JSON.stringify([row({ output: '0.5' })]), '[0].output', /./],
  ['a price below zero', JSON.stringify([row({}), row({ model: 'b', input: -1 })]), '[1].input', /./],
  ['no output price', JSON.stringify([{ model: 'm', from: '2026-01-01', input: 1 }]), '[0].output', /필드가 없습니다/],
  ['a field that is none', JSON.stringify([row({ imput: 1 })]), '[0].imput', /알 수 없는 필드/],
  ['a day that is none', JSON.stringify([row({ from: '2026-13-01' })]), '[0].from', /날짜/],
  ['the same model from the same day', JSON.stringify([row({}), row({})]), '[1].model', /이미/],
])('%s is refused with file and field', (_, text, field, reason) => {
  const refused = (): InputError => {
    try {
      PriceTable.parse(text, 'mine.json');
    } catch (error) {
      return error as InputError;
    }
    throw new Error('was not refused');
  };
  expect(refused()).toBeInstanceOf(InputError);
  expect(refused()).toMatchObject({ code: 'LLM.BAD_PRICES', place: { file: 'mine.json' }, field });
  expect(refused().reason.ko).toMatch(reason);
});
