import { rmSync } from 'node:fs';
import { TransientError } from '@math-labeler/contracts';
import { type Voters } from '@math-labeler/labeling';
import { DeadLetterBox } from '@math-labeler/messaging';
import { openLogger, openPlatform, type Platform, readSettings } from '@math-labeler/service-kit';
import { distinctProblems, post, view } from './client.fixture.js';
import { dataFolder, SECONDS, until } from './server.fixture.js';
import { Standalone } from './standalone.js';

const TRIES = 3;
const HANGING = { id: 'hanging', content: '끝나지 않는 문제: 1부터 100까지의 수를 모두 더하세요.' };
const FAILING = { id: 'failing', content: '지금은 안 되는 문제: 12와 30의 합을 구하세요.' };

/** Voters that never answer for one problem, and cannot for another until they are mended. */
class FaultyVoters {
  tries = 0;
  mended = false;

  over(own: Voters): Voters {
    const vote: Voters['vote'] = (problem, ...rest) => {
      if (problem.id === HANGING.id) return new Promise(() => {});
      if (problem.id !== FAILING.id || this.mended) return own.vote(problem, ...rest);
      this.tries++;
      return Promise.reject(new TransientError('the voter is not there'));
    };
    return Object.assign(Object.create(own) as Voters, { vote });
  }
}

describe('a handler that does not do its work', () => {
  let folder: string;
  let platform: Platform;
  let standalone: Standalone;
  const voters = new FaultyVoters();
  let url: string;

  beforeAll(async () => {
    folder = await dataFolder();
    const settings = readSettings({ DATA_DIR: folder, PORT: '0', PARTITIONS: '1', MAX_IN_FLIGHT: '4', HANDLER_DEADLINE_MS: '300', MAX_TRIES: String(TRIES), LOG_LEVEL: 'silent' });
    platform = await openPlatform(settings, openLogger('silent'));
    standalone = await Standalone.start({
      platform,
      onTraining: () => {},
      onFailed: (error) => { throw error; },
      votersOf: (own) => voters.over(own),
    });
    await standalone.ready;
    url = standalone.address;
  }, 300 * SECONDS);
  afterAll(async () => {
    await standalone.close();
    await platform.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('given one that hangs, then its deadline ends it, the others on its partition go on, and health tells of it', async () => {
    await post(url, '/api/problems', HANGING);
    const others = distinctProblems(100);
    expect((await post(url, '/api/problems?wait=30', others)).status).toBe(200);
    const { services } = (await (await fetch(`${url}/health/ready`)).json()) as { services: Record<string, { overdue: number }> };
    expect(services['labeling'].overdue).toBeGreaterThan(0);
    await until(async () => (await view(url, HANGING.id)).status === 'failed', 'the hanging problem to have failed');
    expect((await deadLetters()).map(({ key, code, tries }) => ({ key, code, tries }))).toEqual([{ key: HANGING.id, code: 'DELIVERY.TRIES_EXHAUSTED', tries: TRIES }]);
  }, 60 * SECONDS);

  it('given one that fails each try, then it is dead after exactly its tries; mended and put back, it is labelled, and putting back again changes nothing', async () => {
    await post(url, '/api/problems', FAILING);
    await until(async () => (await view(url, FAILING.id)).status === 'failed', 'the failing problem to have failed');
    expect(voters.tries).toBe(TRIES);
    voters.mended = true;
    expect(await redrive()).toBe(2);
    await until(async () => (await view(url, FAILING.id)).label !== undefined, 'the label of the problem that was put back');
    const revisions = (await view(url, FAILING.id)).label?.revision;
    await until(async () => (await deadLetters()).length === 1, 'the hanging one to be dead again');
    expect(await redrive()).toBe(1);
    await until(async () => (await deadLetters()).length === 1, 'the hanging one to be dead once more');
    expect((await view(url, FAILING.id)).label?.revision).toBe(revisions);
  }, 60 * SECONDS);

  function deadLetters() {
    return new DeadLetterBox(platform.broker).list({ limit: 100 });
  }

  async function redrive(): Promise<number> {
    return ((await (await post(url, '/api/dead-letters/redrive', {})).json()) as { redriven: number }).redriven;
  }
});
