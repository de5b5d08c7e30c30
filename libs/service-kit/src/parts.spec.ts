import { InputError } from '@math-labeler/curriculum';
import { openLogger } from './logging.js';
import { Metrics } from './metrics.js';
import { Parts } from './parts.js';

const never = new AbortController().signal;
let logged: { part: string; reason?: string; msg: string }[];
let parts: Parts;

function watch(...pings: (() => Promise<void>)[]): Parts {
  logged = [];
  const logger = openLogger('info', { write: (line) => void logged.push(JSON.parse(line)) });
  const names = ['kafka', 'mongodb', 'elasticsearch'] as const;
  return (parts = new Parts(pings.map((ping, i) => ({ name: names[i], ping })), { clock: () => 0, logger, metrics: new Metrics(), everyMs: 10 }));
}
afterEach(() => parts.close());

test('no servers: all is well at once', async () => {
  await watch().allUp(never);
  expect(parts.health).toEqual({});
  expect(parts.isEmpty).toBe(true);
});

test('they are up when each has answered', async () => {
  let open = (): void => {};
  const late = new Promise<void>((resolve) => (open = resolve));
  const up = watch(async () => {}, () => late).allUp(never);
  await new Promise((resolve) => setImmediate(resolve));
  expect(parts.areUp).toBe(false);
  open();
  await up;
  expect(parts.health).toEqual({ kafka: { status: 'up', since: '1970-01-01T00:00:00.000Z' }, mongodb: { status: 'up', since: '1970-01-01T00:00:00.000Z' } });
});

test('one that is down is told with its reason, waited for, and said to answer again', async () => {
  let tries = 0;
  const ping = async (): Promise<void> => {
    if (++tries === 1) throw new Error('connection refused');
  };
  const up = watch(ping).allUp(never);
  await new Promise((resolve) => setImmediate(resolve));
  expect(parts.health.kafka).toMatchObject({ status: 'down', reason: 'connection refused' });
  await up;
  expect(parts.health.kafka).toMatchObject({ status: 'up' });
  expect(logged.map(({ msg, part, reason }) => [part, reason, msg])).toEqual([
    ['kafka', 'connection refused', expect.stringContaining('does not answer')],
    ['kafka', undefined, expect.stringContaining('answers again')],
  ]);
});

test('one that will never do as it is, ends the waiting', async () => {
  const refusal = new InputError('SEARCH.WRONG_VERSION', { file: 'environment' }, 'ELASTICSEARCH_URL', { ko: '버전', en: 'version' });
  await expect(watch(() => Promise.reject(refusal)).allUp(never)).rejects.toBe(refusal);
});

test('whoever is told to end waits no longer', async () => {
  const ending = new AbortController();
  const up = watch(() => new Promise(() => {})).allUp(ending.signal);
  ending.abort();
  await up;
  expect(parts.areUp).toBe(false);
});
