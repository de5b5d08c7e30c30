// The bare delivery beside NestJS' stock Kafka transport: equivalent handlers, the same broker, the same events.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { openKafkaBroker } from '../../../libs/messaging/dist/index.js';
import { round, say } from '../figures.mjs';

const EVENTS = Number(process.env.BENCH_EVENTS ?? 20_000);
const RUNS = 3;
/** A stalled side is given up after this many times what the clean run took, but at least these seconds. */
const PATIENCE = { times: 5, seconds: 20 };
const TEXT = '철수는 사과를 12개 가지고 있었습니다. 영희에게 5개를 주었다면 남은 사과는 몇 개인지 식을 쓰고 답을 구하세요.'.repeat(2);

/** @param {string} kafka `host:port` */
export async function measureDelivery(kafka) {
  const results = { ours: [], stock: [] };
  for (let run = 0; run < RUNS; run++) {
    for (const side of ['ours', 'stock']) {
      say(`delivery: ${side}, run ${run + 1} of ${RUNS}`);
      results[side].push(await deliver(kafka, side, []));
    }
  }
  const clean = { ours: middleOf(results.ours, 'cpuMicrosPerEvent'), stock: middleOf(results.stock, 'cpuMicrosPerEvent') };
  const poisoned = {};
  for (const side of ['ours', 'stock']) {
    const runs = [];
    // A side that has stalled once need not be waited for again.
    do {
      say(`delivery: ${side}, one poison message among ${EVENTS}`);
      runs.push(await deliver(kafka, side, [EVENTS / 2], Math.max(PATIENCE.seconds, PATIENCE.times * clean[side].seconds)));
    } while (runs.length < RUNS && runs.at(-1).handled === EVENTS);
    poisoned[side] = middleOf(runs, 'seconds');
  }
  const cleanSeconds = { ours: middleOf(results.ours, 'seconds').seconds, stock: middleOf(results.stock, 'seconds').seconds };
  return {
    delivery: {
      events: EVENTS,
      ours: { ...figuresOf(clean.ours), withPoison: { handled: poisoned.ours.handled, timesClean: round(poisoned.ours.seconds / cleanSeconds.ours) } },
      stock: { ...figuresOf(clean.stock), withPoison: { handled: poisoned.stock.handled, timesClean: poisoned.stock.handled < EVENTS ? 'stalled' : round(poisoned.stock.seconds / cleanSeconds.stock) } },
      cpuTimesStock: round(clean.ours.cpuMicrosPerEvent / clean.stock.cpuMicrosPerEvent),
    },
  };
}

async function deliver(kafka, side, poison, patience = 300) {
  const prefix = `bench-${randomUUID()}.`;
  const topics = { input: 'bench.in', output: 'bench.out' };
  const broker = await openKafkaBroker({ brokers: kafka.split(','), clientId: 'bench-feeder', prefix });
  try {
    await broker.createTopics([topics.input, topics.output, `${topics.input}.dlq`].map((name) => ({ name, partitions: 8, retentionHours: 1 })));
    await broker.publish(Array.from({ length: EVENTS }, (_, i) => recordOf(topics.input, i, poison.includes(i))));
    return await run(side, { brokers: kafka.split(','), prefix, ...topics, count: EVENTS }, patience);
  } finally {
    await broker.close();
  }
}

function recordOf(topic, i, isPoison) {
  const data = { id: `e${i}`, content: isPoison ? 'poison' : `${TEXT} ${i}` };
  return { topic, key: data.id, headers: {}, value: Buffer.from(JSON.stringify(data)) };
}

function run(side, given, patience) {
  const child = spawn(process.execPath, [fileURLToPath(new URL(`delivery-${side}.mjs`, import.meta.url))], { env: { ...process.env, BENCH_DELIVERY: JSON.stringify(given) }, stdio: ['ignore', 'pipe', 'pipe'] });
  const timer = setTimeout(() => child.kill('SIGTERM'), 1000 * patience);
  const said = { out: '', err: '' };
  child.stdout.on('data', (piece) => (said.out += piece));
  child.stderr.on('data', (piece) => (said.err = (said.err + piece).slice(-5000)));
  return new Promise((resolve, reject) => {
    child.once('close', () => {
      clearTimeout(timer);
      try {
        resolve(JSON.parse(said.out.trim().split('\n').at(-1)));
      } catch {
        reject(new Error(`${side} said no figures: ${said.err}`));
      }
    });
  });
}

function middleOf(results, figure) {
  return results.toSorted((a, b) => a[figure] - b[figure])[Math.floor(results.length / 2)];
}

function figuresOf({ seconds, cpuMicrosPerEvent }) {
  return { eventsPerSecond: Math.round(EVENTS / seconds), cpuMicrosPerEvent };
}
