import { isAbsolute } from 'node:path';
import { readSettings } from './settings.js';

test('nothing told: this machine alone, port 3000, ./var', () => {
  const { dataDir, ...others } = readSettings({});
  expect(others).toEqual({ host: '127.0.0.1', port: 3000, logLevel: 'info', maxInFlight: 64, deadlineMs: 60_000, maxTries: 5, maxPending: 5000, partitions: 8 });
  expect(isAbsolute(dataDir)).toBe(true);
  expect(dataDir).toMatch(/var$/);
});

test('a variable that is set counts, one that is empty does not', () => {
  expect(readSettings({ PORT: '8080', HOST: '0.0.0.0', MAX_TRIES: ' ', PARTITIONS: '' })).toMatchObject({ port: 8080, host: '0.0.0.0', maxTries: 5, partitions: 8 });
});

test.each([
  ['PORT', '70000'],
  ['PORT', 'http'],
  ['MAX_IN_FLIGHT', '0'],
  ['PARTITIONS', '2.5'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is refused by name, with the reason in both languages', (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(expect.objectContaining({ code: 'SETTINGS.BAD_VALUE', field: name, reason: { ko: expect.stringMatching(/[가-힣]/), en: expect.stringMatching(/[a-z]/) } }));
});
