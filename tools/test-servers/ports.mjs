import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

// Below the ports that the system gives to outgoing connections: a client that knocks at the port of an ended server
// could otherwise be given that very port, and the server would not get it back.
const LOWEST = 20_000;
const HIGHEST = 32_000;

/** `count` different ports of the loopback address that nobody listens on just now. @returns {Promise<number[]>} */
export async function freePorts(count) {
  const ports = new Set();
  while (ports.size < count) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Whether somebody accepts connections there. */
export function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (accepted) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.setTimeout(2_000, () => answer(false));
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
}
