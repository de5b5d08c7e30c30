// One event that can never be handled, among many: how much longer do the others take?
import { setTimeout as pause } from 'node:timers/promises';
import { round, say } from './figures.mjs';
import { distinctProblems } from './problems.mjs';
import { Server } from './server.mjs';

const PROBLEMS = Number(process.env.BENCH_PROBLEMS ?? 20_000);
const PARTITIONS = '1';
const MAX_TRIES = 5;
const POISON = { id: 'poison', content: '독이 든 문제: 12와 30의 합을 구하세요.' };

export async function measurePoison(models) {
  say(`poison: ${PROBLEMS} problems without`);
  const clean = await run(models, async () => false);
  say(`poison: ${PROBLEMS} problems with`);
  const poisoned = await run(models, async (server) => {
    await server.deliver([POISON]);
    await server.broker.publish([{ topic: 'problem.ingested.v1', key: 'broken', headers: {}, value: Buffer.from('{"problem": ') }]);
    return true;
  });
  const expected = [{ key: 'broken', code: 'DELIVERY.NOT_JSON', tries: 1 }, { key: 'poison', code: 'DELIVERY.TRIES_EXHAUSTED', tries: MAX_TRIES }];
  if (JSON.stringify(poisoned.dead) !== JSON.stringify(expected)) throw new Error(`unexpected dead letters: ${JSON.stringify(poisoned.dead)}`);
  return { poison: { ratio: round(poisoned.seconds / clean.seconds), cleanSeconds: round(clean.seconds), poisonedSeconds: round(poisoned.seconds) } };
}

async function run(models, inTheMiddle) {
  const server = await Server.start({ models, program: ['tools/bench/stub-server.mjs'], env: { PARTITIONS, MAX_TRIES: String(MAX_TRIES), STUB_FAILS: POISON.id, LOG_LEVEL: 'fatal' } });
  let [asked, told] = [false, false];
  const seconds = await server.label(distinctProblems(PROBLEMS), {
    onAcknowledged: async (posted) => {
      if (asked || posted < PROBLEMS / 4) return;
      asked = true;
      told = await inTheMiddle(server);
    },
  });
  const deadLetters = told ? await waitForDeadLetters(server, 2) : [];
  await server.stop();
  return { seconds, dead: deadLetters.map(({ key, code, tries }) => ({ key, code, tries })).sort((a, b) => (a.key < b.key ? -1 : 1)) };
}

/** The last try of an event may come after the others are done. */
async function waitForDeadLetters(server, count) {
  for (const last = Date.now() + 30_000; ; await pause(500)) {
    const { deadLetters } = await (await fetch(`${server.url}/api/dead-letters`)).json();
    if (deadLetters.length >= count || Date.now() > last) return deadLetters;
  }
}
