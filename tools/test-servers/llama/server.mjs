import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { accepts, freePorts } from '../ports.mjs';
import { ServerProcess } from '../server-process.mjs';
import { llamaHome } from './home.mjs';

/** What the server calls its model. */
export const LLAMA_MODEL = 'smollm2-135m';

/**
 * A llama.cpp server with a small model: the interface is real, what it answers means nothing.
 * @param {import('../nest.mjs').Nest} nest
 * @param {{ apiKey?: string }} [options] `apiKey`: nobody is answered without it
 * @returns {Promise<ServerProcess & { url: string, address: string, port: number }>} `url` ends in `/v1`
 */
export async function startLlamaIn(nest, { apiKey } = {}) {
  const home = await llamaHome();
  try {
    return await startOnce(nest, home, apiKey);
  } catch {
    return startOnce(nest, home, apiKey);
  }
}

async function startOnce(nest, home, apiKey) {
  const [port] = await freePorts(1);
  const folder = join(nest.folder, `llama-${port}`);
  mkdirSync(folder);
  const model = join(folder, 'model.gguf');
  symlinkSync(join(home, 'model.gguf'), model);
  const command = ['python3', join(import.meta.dirname, 'serve.py'), model, LLAMA_MODEL, String(port), ...(apiKey ? [apiKey] : [])];
  const env = { ...process.env, PYTHONPATH: join(home, 'python') };
  const server = new ServerProcess({ nest, name: 'llama.cpp', folder, command, env, isReady: () => isReady(port) });
  await server.start();
  const url = `http://127.0.0.1:${port}/v1`;
  return Object.assign(server, { url, address: url, port });
}

async function isReady(port) {
  if (!(await accepts(port))) return false;
  try {
    // 503 while the model is being loaded.
    return (await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}
