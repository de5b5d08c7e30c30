import { post } from '../../apps/standalone/src/client.fixture.js';
import { SECONDS, until } from '../../apps/standalone/src/server.fixture.js';
import { ProblemLabeled } from '@math-labeler/contracts';
import { Cluster, sharedServers } from './cluster.fixture.js';
import { expectOneFirstLabelEach, expectReadModelAgrees, Load, reportStalls } from './load.fixture.js';

const PER_SECOND = 8;
const servers = await sharedServers();

(servers === undefined ? describe.skip : describe)('a rolling restart', () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await Cluster.start(servers!, { instances: 2, named: true });
  }, 300 * SECONDS);
  afterAll(() => cluster?.remove());

  it('given problems that keep coming, when every process is restarted, one after the other, then each acknowledged problem has exactly one first label', async () => {
    const load = new Load(cluster.urls, PER_SECOND);
    await until(async () => (await cluster.count(ProblemLabeled.topic.name)) > 0, 'the first label');
    const reviewed = await review(cluster, 5);
    const began = performance.now();
    const ends = await cluster.roll();
    const seconds = (performance.now() - began) / 1000;
    await load.stop();
    const ids = new Set(load.acknowledged.keys());
    const records = await expectOneFirstLabelEach(cluster, ids);
    await reportStalls(`${ends.length} processes restarted in ${seconds.toFixed(0)} s`, cluster, load, records);
    expect(ends.filter(({ code, seconds: took }) => code !== 0 || took > 10)).toEqual([]);
    expect(records.filter(({ key }) => reviewed.includes(key!)).length).toBeGreaterThanOrEqual(2 * reviewed.length);
    await expectReadModelAgrees(cluster, ids);
  }, 180 * SECONDS);
});

/** Confirms the first few labels, so that some problems have a second revision. */
async function review(cluster: Cluster, count: number): Promise<string[]> {
  const ids = [...new Set((await cluster.records(ProblemLabeled.topic.name)).map(({ key }) => key!))].slice(0, count);
  for (const id of ids) await until(async () => (await post(cluster.urls[0], '/api/feedback', { problem_id: id, confirm: true })).ok, `feedback on ${id} to be taken`);
  return ids;
}
