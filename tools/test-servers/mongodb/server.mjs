import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accepts, freePorts } from '../ports.mjs';
import { ServerProcess } from '../server-process.mjs';
import { mongoHome } from './home.mjs';

const REPLICA_SET = 'rs0';
const ALREADY_INITIALISED = 23;

/**
 * A one-node replica set.
 * @param {import('../nest.mjs').Nest} nest
 * @param {{ auth?: { username: string, password: string } }} [options] `auth`: nobody gets in but this one user, who may do everything
 * @returns {Promise<ServerProcess & { uri: string, address: string, port: number }>} `uri` is without a user
 */
export async function startMongoIn(nest, { auth } = {}) {
  const home = await mongoHome();
  try {
    return await startOnce(nest, home, auth);
  } catch {
    return startOnce(nest, home, auth);
  }
}

async function startOnce(nest, home, auth) {
  const [port] = await freePorts(1);
  const folder = join(nest.folder, `mongod-${port}`);
  mkdirSync(folder);
  mkdirSync(join(folder, 'data'));
  const server = new ServerProcess({ nest, name: 'mongod', folder, command: command({ home, folder, port, auth }), isReady: () => isPrimary(port) });
  await server.start();
  if (auth) await createFirstUser(port, auth);
  const uri = `mongodb://127.0.0.1:${port}/?replicaSet=${REPLICA_SET}`;
  return Object.assign(server, { uri, address: uri, port });
}

function command({ home, folder, port, auth }) {
  const login = auth ? ['--auth', '--keyFile', keyFile(folder)] : [];
  const settings = ['ttlMonitorSleepSecs=1', 'diagnosticDataCollectionEnabled=false'].flatMap((setting) => ['--setParameter', setting]);
  return [
    join(home, 'mongod'),
    ...['--dbpath', join(folder, 'data'), '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket', '--replSet', REPLICA_SET],
    ...['--wiredTigerCacheSizeGB', '0.25', '--oplogSize', '64', '--networkMessageCompressors', 'snappy,zstd', ...settings, ...login, '--quiet'],
  ];
}

/** Members of a replica set with login know each other by it. */
function keyFile(folder) {
  const file = join(folder, 'key');
  writeFileSync(file, randomBytes(96).toString('base64'), { mode: 0o600 });
  return file;
}

async function isPrimary(port) {
  if (!(await accepts(port))) return false;
  try {
    return await withAdmin(port, async (admin) => {
      const hello = await admin.command({ hello: 1 });
      if (!hello.setName) await initiate(admin, port);
      return hello.isWritablePrimary === true;
    });
  } catch (error) {
    if (error.name === 'MongoServerSelectionError' || error.name === 'MongoNetworkError') return false;
    throw error;
  }
}

async function initiate(admin, port) {
  try {
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host: `127.0.0.1:${port}` }] } });
  } catch (error) {
    // After a restart the set is known, but not yet read; with a user, asking is refused from then on.
    if (error.code !== ALREADY_INITIALISED && error.codeName !== 'Unauthorized') throw error;
  }
}

/** From this machine, and only as long as there is no user, mongod takes one without a login. */
function createFirstUser(port, { username, password }) {
  return withAdmin(port, (admin) => admin.command({ createUser: username, pwd: password, roles: ['root'] }));
}

async function withAdmin(port, use) {
  const { MongoClient } = await import('mongodb');
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, { serverSelectionTimeoutMS: 500, connectTimeoutMS: 2_000, socketTimeoutMS: 10_000 });
  try {
    return await use(client.db('admin'));
  } finally {
    await client.close();
  }
}
