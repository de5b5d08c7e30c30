import { jest } from '@jest/globals';
import { InputError } from '@math-labeler/curriculum';
import { type ProcessPlan, runProcess } from './run-process.js';

let said: string;
beforeEach(() => {
  said = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((said += String(text)), true));
});
afterEach(() => jest.restoreAllMocks());

const plan = (given: Partial<ProcessPlan<undefined>> = {}): ProcessPlan<undefined> => ({
  name: 'labeling',
  port: 0,
  services: ['labeling'],
  needs: ['kafka', 'mongodb'],
  collections: [],
  load: async () => undefined,
  start: async () => {
    throw new Error('was started');
  },
  ...given,
});

test('it does not begin without what it needs, and lists all of it', async () => {
  const load = async (): Promise<never> => {
    throw new InputError('LABELER.NO_MODEL', { file: 'm' }, undefined, { ko: '모델이 없습니다', en: 'there is no model' });
  };
  expect(await runProcess({}, plan({ load }))).toBe(2);
  for (const part of ['labeling', 'KAFKA_BROKERS', 'MONGODB_URI', '모델이 없습니다', 'there is no model']) expect(said).toContain(part);
});

test('a bad variable is told by name', async () => {
  expect(await runProcess({ KAFKA_BROKERS: 'x', MONGODB_URI: 'y' }, plan())).toBe(2);
  expect(said).toContain('KAFKA_BROKERS');
});
