import { randomUUID } from 'node:crypto';
import { sharedElasticsearch } from '../../../tools/test-servers/index.mjs';
import { MINUTES, Workplace } from './mathlabel.fixture.js';

const url = await sharedElasticsearch();

(url === undefined ? describe.skip : describe)('mathlabel index', () => {
  const alias = `e2e-${randomUUID()}`;
  let workplace: Workplace;
  let env: Record<string, string>;
  beforeAll(() => {
    workplace = new Workplace();
    env = { ELASTICSEARCH_URL: url!, ELASTICSEARCH_ALIAS: alias, DATA_DIR: workplace.folder };
  });
  afterAll(async () => {
    for (const { name } of await list()) await fetch(`${url}/${name}`, { method: 'DELETE' });
    workplace.remove();
  });
  const index = (...args: string[]) => workplace.run(['index', ...args], { env });
  const list = async () => (await index('list', '--json')).stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as { name: string; isLive: boolean });

  test('the shipped knowledge is built, checked, swapped to, rolled back and swapped to again', async () => {
    const first = await index('build', '--swap');
    expect(first).toMatchObject({ code: 0, stderr: expect.stringMatching(/검사를 통과했습니다\.\n이제 이 색인이 쓰입니다/) });
    const [, at1, at5, at20] = /위 안: ([\d.]+) · ([\d.]+) · ([\d.]+) %/.exec(first.stderr)!;
    // Measured 93.9, 99.4 and 100 %.
    expect(Number(at1)).toBeGreaterThan(92);
    expect(Number(at5)).toBeGreaterThan(98.5);
    expect(Number(at20)).toBeGreaterThan(99);

    const second = await index('build');
    expect(await list()).toMatchObject([{ name: second.stdout.trim(), isLive: false }, { name: first.stdout.trim(), isLive: true }]);
    expect(await index('check')).toMatchObject({ code: 0, stderr: expect.stringMatching(/지금 색인: .*\n검사를 통과했습니다/) });
    expect(await index('swap')).toMatchObject({ code: 0, stderr: expect.stringContaining(`이제 ${second.stdout.trim()}이(가) 쓰입니다`) });
    expect(await index('rollback', '--lang', 'en')).toMatchObject({ code: 0, stderr: expect.stringContaining(`${first.stdout.trim()} is live now.`) });
    expect((await index('list')).stdout).toContain(`*  ${first.stdout.trim()}`);
  }, 3 * MINUTES);

  test('an index that lacks something is not swapped to, and says what it lacks', async () => {
    const { name } = (await list()).find(({ isLive }) => !isLive)!;
    await fetch(`${url}/${name}/_block/write`, { method: 'PUT' });
    await fetch(`${url}/${name}/_settings`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ 'index.blocks.write': null }) });
    await fetch(`${url}/${name}/_doc/${encodeURIComponent('2수01-01')}?refresh=true`, { method: 'DELETE' });
    expect(await index('swap', name, '--lang', 'en')).toMatchObject({ code: 1, stderr: expect.stringMatching(/✗ there should be \d+ documents[^]*✗ 1 standards are missing \(2수01-01\)[^]*has not passed/) });
    expect((await list()).find(({ isLive }) => isLive)?.name).not.toBe(name);
  }, 2 * MINUTES);

  test('without an address, with a server that is away, and with a name that is none, it says so and ends with 2', async () => {
    expect(await workplace.run(['index', 'list'], { env: { ...env, ELASTICSEARCH_URL: '' } })).toMatchObject({ code: 2, stderr: expect.stringMatching(/ELASTICSEARCH_URL/) });
    expect(await workplace.run(['index', 'build'], { env: { ...env, ELASTICSEARCH_URL: 'http://127.0.0.1:1' } })).toMatchObject({ code: 2, stderr: expect.stringMatching(/지금은 쓸 수 없습니다/) });
    expect(await index('swap', 'no-such-index')).toMatchObject({ code: 2, stderr: expect.stringMatching(/그런 완성된 색인이 없습니다/) });
  }, 2 * MINUTES);
});
