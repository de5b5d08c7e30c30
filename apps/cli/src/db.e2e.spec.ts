import { randomUUID } from 'node:crypto';
import { mongoUri, sharedMongo } from '../../../tools/test-servers/index.mjs';
import { MINUTES, Workplace } from './mathlabel.fixture.js';

const shared = await sharedMongo();

(shared === undefined ? describe.skip : describe)('mathlabel db', () => {
  let workplace: Workplace;
  let env: Record<string, string>;
  beforeAll(() => {
    workplace = new Workplace();
    env = { MONGODB_URI: mongoUri(shared!, `spec-${randomUUID()}`), DATA_DIR: workplace.folder };
  });
  afterAll(() => workplace.remove());
  const db = (...args: string[]) => workplace.run(['db', ...args], { env });

  test('a migration says what it does, does it once, and the status knows', async () => {
    expect(await db('status')).toMatchObject({ code: 1, stdout: expect.stringMatching(/gateway_problems +빠짐 create/), stderr: expect.stringMatching(/db migrate/) });
    const done = await db('migrate');
    expect(done).toMatchObject({ code: 0, stdout: expect.stringMatching(/^confidence_decisions: index category\.하위 분류_1$/m) });
    expect(await db('migrate')).toMatchObject({ code: 0, stdout: '' });
    const { code, stdout } = await db('status', '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { missing: [], applied: expect.arrayContaining([{ name: 'gateway_problems', hash: expect.stringMatching(/^[0-9a-f]{64}$/), at: expect.any(String) }]) }]);
  }, 2 * MINUTES);

  test('without an address, and with a server that is away, it says so and ends with 2', async () => {
    expect(await workplace.run(['db', 'migrate'], { env: { ...env, MONGODB_URI: '' } })).toMatchObject({ code: 2, stderr: expect.stringMatching(/MONGODB_URI/) });
    expect(await workplace.run(['db', 'migrate'], { env: { ...env, MONGODB_URI: 'mongodb://127.0.0.1:1/' } })).toMatchObject({ code: 2, stderr: expect.stringMatching(/지금은 쓸 수 없습니다/) });
  }, 2 * MINUTES);
});
