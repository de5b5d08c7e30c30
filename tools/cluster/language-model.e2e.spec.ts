import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GoldReader } from '../../apps/cli/src/llm/gold-reader.fixture.js';
import { post, type Posted } from '../../apps/standalone/src/client.fixture.js';
import { SECONDS } from '../../apps/standalone/src/server.fixture.js';
import { Cluster, sharedServers } from './cluster.fixture.js';
import { Program } from './program.fixture.js';

const OPEN_SET = join(import.meta.dirname, '../../data/evaluation/dev-2022.jsonl');
const PROBLEMS: readonly Posted[] = readFileSync(OPEN_SET, 'utf8').trim().split('\n').filter((_, i) => i % 12 === 0).map((line) => JSON.parse(line) as { id: string; text: string }).map(({ id, text }) => ({ id, content: text }));
const servers = await sharedServers();

interface Labelled {
  readonly label: { readonly versions: object; readonly votes: readonly { readonly voter: string; readonly favourites: readonly object[] }[] };
}

(servers === undefined ? describe.skip : describe)('services of their own, two of labeling, with a language model', () => {
  const reader = new GoldReader(OPEN_SET);
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await Cluster.start(servers!, { env: { OPENAI_BASE_URL: await reader.start(), OPENAI_MODEL: 'gold-reader' } });
    await (await cluster.add('labeling')).start();
  }, 300 * SECONDS);
  afterAll(async () => {
    await cluster?.remove();
    await reader.stop();
  });

  async function labelled(problems: readonly Posted[]): Promise<Labelled[]> {
    const answer = await post(cluster.urls[0], '/api/problems?wait=60', problems);
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { problems: Labelled[] }).problems;
  }

  it('given problems, then the model votes on each, is asked once about each text whichever instance asks, and all of it stands in one ledger', async () => {
    for (const { label } of await labelled(PROBLEMS)) {
      expect(label.versions).toMatchObject({ llm: 'gold-reader' });
      expect(label.votes.find(({ voter }) => voter === 'llm')?.favourites).toHaveLength(1);
    }
    const asked = reader.prompts;
    expect(new Set(asked).size).toBe(asked.length);
    await labelled(PROBLEMS.map(({ id, content }) => ({ id: `again ${id}`, content })));
    expect(reader.prompts).toHaveLength(asked.length);
    const { said } = await Program.command(['cost', 'show', '--json'], cluster.env);
    const report = JSON.parse(said.slice(said.indexOf('{'))) as { total: object };
    expect(report.total).toMatchObject({ calls: asked.length, input: reader.usage.input, cachedInput: reader.usage.cachedInput, output: reader.usage.output });
  }, 120 * SECONDS);

  it('given no stores, then labeling with a model ends with 2 and names the variable', async () => {
    const program = await Program.service('labeling', { KAFKA_BROKERS: servers!.kafka, OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', OPENAI_MODEL: 'm' });
    program.begin();
    expect(await program.over()).toBe(2);
    expect(program.said).toContain('MONGODB_URI is not set');
  }, 60 * SECONDS);
});
