// Run by slow-voter.mjs. Several problems come under each key, so that there is an order to keep; prints its figures as JSON.
import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { openLogger, openPlatform, readSettings } from '../../libs/service-kit/dist/index.js';
import { normalise } from '../../libs/problem-text/dist/index.js';
import { Standalone } from '../../apps/standalone/dist/index.js';
import { distinctProblems } from './problems.mjs';

const VOTE_MS = 1660;
const KEYS = 320;
const EACH = 4;
const TOPIC = 'evidence.retrieved.v1';

const events = new Map();
let [begun, ended] = [0, 0];
const outOfOrder = [];

const settings = readSettings(process.env);
const platform = await openPlatform(settings, openLogger(settings.logLevel));
const standalone = await Standalone.start({
  platform,
  onTraining: () => {},
  onFailed: (error) => {
    throw error;
  },
  votersOf: (own) => Object.assign(Object.create(own), { vote: (...asked) => vote(own, ...asked) }),
});
await standalone.ready;

const started = performance.now();
await platform.broker.publish(records());
const committedTooFar = await watchUntilDone();
const seconds = (ended - begun) / 1000;
await standalone.close();
console.log(JSON.stringify({ problemsPerSecond: Math.round((10 * KEYS * EACH) / seconds) / 10, orderKept: outOfOrder.length === 0, committedTooFar, seconds: Math.round((performance.now() - started) / 1000) }));
process.exit(0);

/** The first look; the second comes through another topic, which has an order of its own. */
async function vote(own, problem, evidence, signal) {
  begin(problem);
  await pause(VOTE_MS);
  const votes = await own.vote(problem, evidence, signal);
  end(problem);
  return votes;
}

function begin({ id, metadata: { turn } }) {
  begun ||= performance.now();
  const known = events.get(id) ?? { next: 0, active: false, done: 0 };
  events.set(id, known);
  if (known.active || known.next !== turn) outOfOrder.push(id);
  known.active = true;
  known.next = turn + 1;
}

function end({ id }) {
  const known = events.get(id);
  known.active = false;
  known.done++;
  ended = performance.now();
}

/** The records of one turn after those of the other, as a busy source sends them. */
function records() {
  const problems = distinctProblems(KEYS * EACH);
  return problems.map(({ content }, i) => {
    const id = `key-${i % KEYS}`;
    const problem = { id, content, text: normalise(content), keywords: [], metadata: { turn: Math.floor(i / KEYS) } };
    return { topic: 'problem.ingested.v1', key: id, headers: {}, value: Buffer.from(JSON.stringify({ problem })) };
  });
}

/** Looks again and again whether the group stands past an event that has not its votes yet; gives how often it did. */
async function watchUntilDone() {
  const inLog = [];
  let tooFar = 0;
  let doneBefore = 0;
  while ([...events.values()].reduce((sum, { done }) => sum + done, 0) < KEYS * EACH) {
    for await (const { offset, value } of platform.broker.read(TOPIC, { from: [{ topic: TOPIC, partition: 0, offset: inLog.length }], untilIdle: 0 })) inLog[offset] = JSON.parse(Buffer.from(value).toString('utf8')).problem;
    const committed = (await platform.broker.committed('labeling')).find(({ topic }) => topic === TOPIC)?.offset ?? 0;
    for (; doneBefore < committed; doneBefore++) {
      const { id, metadata } = inLog[doneBefore];
      if (events.get(id).done <= metadata.turn) tooFar++;
    }
    await pause(100);
  }
  return tooFar;
}
