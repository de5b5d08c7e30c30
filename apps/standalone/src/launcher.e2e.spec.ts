import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { SECONDS, Server, until } from './server.fixture.js';

const project = join(import.meta.dirname, '../../..');

/** `npm start` as a user types it, on the folder of the server; resolves once it is ready. */
async function npmStart(folder: string, port: number): Promise<ChildProcess> {
  const npm = spawn('npm', ['start'], { cwd: project, env: { ...process.env, DATA_DIR: folder, PORT: String(port), LOG_LEVEL: 'error' }, stdio: 'ignore' });
  await until(() => answers(port), 'the server to be ready');
  return npm;
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/health/ready`).then(({ ok }) => ok, () => false);
}

describe('npm start', () => {
  let server: Server;
  beforeAll(async () => {
    server = await Server.start();
    await server.end('SIGTERM');
  }, 300 * SECONDS);
  afterAll(() => server.remove());

  it('given that npm alone is killed with -9, then the server ends too, and npm start can be called again at once', async () => {
    const port = Number(new URL(server.url).port);
    const first = await npmStart(server.folder, port);
    first.kill('SIGKILL');
    await until(async () => !(await answers(port)), 'the server to end with the npm that started it');
    const second = await npmStart(server.folder, port);
    expect(second.exitCode).toBeNull();
    second.kill('SIGTERM');
    await until(async () => !(await answers(port)), 'the server to end');
  }, 60 * SECONDS);
});
