import { recordJson, recordLine } from './record-lines.js';

const record = { topic: 'problem.submitted.v1', partition: 3, offset: 12, timestamp: Date.UTC(2026, 2, 2), key: '1', headers: { ce_id: 'e1' }, value: Buffer.from('{"id":"1"}') };

test('a record is one JSON object with where it stands, its event id and its parsed value', () => {
  expect(JSON.parse(recordJson(record))).toEqual({ topic: 'problem.submitted.v1', partition: 3, offset: 12, timestamp: '2026-03-02T00:00:00.000Z', id: 'e1', key: '1', headers: { ce_id: 'e1' }, value: { id: '1' } });
});

test('a bare record of no JSON has no id and no key, and its value as text', () => {
  expect(JSON.parse(recordJson({ ...record, key: undefined, headers: {}, value: Buffer.from('안녕\n{') }))).toEqual({ topic: 'problem.submitted.v1', partition: 3, offset: 12, timestamp: '2026-03-02T00:00:00.000Z', headers: {}, value: '안녕\n{' });
});

test('the line for people is one line, and cut where the value is long', () => {
  const line = recordLine({ ...record, value: Buffer.from(`가\n나${'x'.repeat(500)}`) });
  expect(line).toMatch(/^2026-03-02T00:00:00\.000Z {2}3:12 {2}1 {2}가 나x+…$/);
  expect(line.length).toBeLessThan(260);
});
