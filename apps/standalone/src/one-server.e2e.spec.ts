import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { SECONDS, Server } from './server.fixture.js';

const program = join(import.meta.dirname, '../bin/start.mjs');

describe('a data folder', () => {
  let server: Server;

  beforeAll(async () => {
    server = await Server.start();
  }, 300 * SECONDS);
  afterAll(() => server.remove());

  it('given a server that uses it, when another is started on it, then that one is refused with 2 and says why, and the first goes on', async () => {
    const second = spawn(process.execPath, [program], { env: { ...process.env, DATA_DIR: server.folder, PORT: '0' }, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    second.stderr.setEncoding('utf8').on('data', (piece: string) => (said += piece));
    expect(await new Promise((resolve) => second.once('close', resolve))).toBe(2);
    expect(said).toContain('이미 실행 중인 서버가');
    expect(said).toContain('a server that is running already uses this data folder');
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
  }, 30 * SECONDS);

  it('given a server that was killed, when another is started, then the folder is free', async () => {
    await server.crashAndRestart();
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
  }, 30 * SECONDS);
});
