import { setTimeout as pause } from 'node:timers/promises';
import { ProblemLabeled } from '@math-labeler/contracts';
import { SECONDS, until } from '../../apps/standalone/src/server.fixture.js';
import { sharedKafka, startKafkaCluster } from '../test-servers/index.mjs';
import { Cluster, sharedServers } from './cluster.fixture.js';
import { expectOneFirstLabelEach, expectReadModelAgrees, Load, reportStalls } from './load.fixture.js';

const PER_SECOND = 8;
/** Labels that are to come after a crash before the next one. */
const LABELS_BETWEEN = 60;
const servers = (await sharedKafka()) === undefined ? undefined : await sharedServers();

(servers === undefined ? describe.skip : describe)('three brokers and two instances of what works', () => {
  let kafka: Awaited<ReturnType<typeof startKafkaCluster>>;
  let cluster: Cluster;
  let load: Load;

  beforeAll(async () => {
    kafka = await startKafkaCluster();
    cluster = await Cluster.start({ ...servers!, kafka: kafka.brokers }, { instances: 2, replication: 3 });
    load = new Load(cluster.urls, PER_SECOND);
    await labels(LABELS_BETWEEN);
  }, 300 * SECONDS);
  afterAll(async () => {
    await load?.stop();
    await cluster?.remove();
    await Promise.all(kafka?.nodes.map((node) => node.kill()) ?? []);
  });

  it('given problems that keep coming, when a broker is killed, then labelling goes on', async () => {
    await kafka.nodes[0].kill();
    await labels(LABELS_BETWEEN);
    await kafka.nodes[0].start();
  }, 90 * SECONDS);

  it('when an instance of labeling is killed and does not come back, then the other does its work', async () => {
    await cluster.of('labeling')[0].end('SIGKILL');
    await labels(LABELS_BETWEEN);
  }, 90 * SECONDS);

  it('when a broker and an instance of confidence-agent are killed at once, then labelling goes on', async () => {
    const killed = cluster.of('confidence-agent')[0];
    await Promise.all([kafka.nodes[1].kill(), killed.end('SIGKILL')]);
    await pause(1000);
    await Promise.all([killed.start(), labels(LABELS_BETWEEN)]);
  }, 90 * SECONDS);

  it('when all is done, then no acknowledged problem is lost and none has had a second effect', async () => {
    await load.stop();
    const ids = new Set(load.acknowledged.keys());
    const records = await expectOneFirstLabelEach(cluster, ids);
    await reportStalls('a broker, a service, and both killed', cluster, load, records);
    await expectReadModelAgrees(cluster, ids);
  }, 90 * SECONDS);

  /** Waits for so many more labels. */
  async function labels(more: number): Promise<void> {
    const count = () => cluster.count(ProblemLabeled.topic.name).catch(() => 0);
    let before = await count();
    await until(async () => {
      before ||= await count();
      return (await count()) >= before + more;
    }, `${more} more labels`, 75 * SECONDS);
  }
});
