import { healthOf, type HealthState } from './health.js';

const well = { joined: true, held: 1, active: 1, stalledMs: 0, overdue: 0 };
const state = (given: Partial<HealthState> = {}): HealthState => ({ ready: true, services: [{ service: 'labeling', health: well }], parts: { areUp: true, health: {} }, ...given });

test('ready when everything is there and moves', () => {
  expect(healthOf(state())).toEqual({ isReady: true, report: { status: 'ready', services: { labeling: { status: 'well', held: 1, active: 1, stalledMs: 0, overdue: 0 } }, parts: {} } });
});

test.each([
  ['starting', { ready: false }],
  ['starting', { ready: false, training: 0.5 }],
  ['starting', { services: [{ service: 'labeling', health: { ...well, joined: false } }] }],
  ['unwell', { services: [{ service: 'labeling', health: undefined }] }],
  ['unwell', { services: [{ service: 'labeling', health: { ...well, stalledMs: 30_001 } }] }],
  ['unwell', { services: [{ service: 'labeling', health: { ...well, failed: new Error('gone') } }] }],
  ['unwell', { parts: { areUp: false, health: { kafka: { status: 'down', since: '', reason: 'refused' } as const } } }],
])('%s: %j', (status, given) => {
  expect(healthOf(state(given))).toMatchObject({ isReady: false, report: { status } });
});
