import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../cache.mjs';
import { needPrograms } from '../machine.mjs';
import { freePorts } from '../ports.mjs';
import { format, kafkaHome } from './home.mjs';
import { nodeProperties, readProperties } from './properties.mjs';
import { startNode } from './server.mjs';

const EC_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/**
 * A node that speaks TLS only, knows its users by SCRAM-SHA-512 and lets them do only what an ACL allows; `admin` may do everything.
 * @param {import('../nest.mjs').Nest} nest
 * @param {{ users: Record<string, string> }} options name -> password
 */
export async function startSecureKafkaIn(nest, { users }) {
  const home = await kafkaHome();
  needPrograms('openssl');
  const [port, controllerPort] = await freePorts(2);
  const sec = join(nest.folder, `kafka-${port}-keys`);
  await makeCertificates(sec);
  const admin = { username: 'admin', password: randomBytes(12).toString('hex') };
  const brokerPassword = randomBytes(12).toString('hex');
  const known = Object.entries({ ...users, [admin.username]: admin.password, broker: brokerPassword });
  const server = await startNode(nest, {
    home,
    id: 1,
    port,
    properties: {
      ...nodeProperties({ id: 1, port, controllerPort, voters: `1@127.0.0.1:${controllerPort}` }),
      ...readProperties('secure.overlay.properties', { port, controller: controllerPort, sec, brokerPassword }),
    },
    formatted: (_data, file) => format(home, { file, users: known }),
  });
  const caFile = join(sec, 'ca.crt');
  return Object.assign(server, { caFile, ca: readFileSync(caFile, 'utf8'), admin });
}

/** An authority of its own and one key pair for 127.0.0.1 and localhost, as PEM files: ca.crt, and broker.pem as Kafka wants it. */
async function makeCertificates(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'broker.ext'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth,clientAuth\n');
  const openssl = (...args) => run('openssl', args, { cwd: folder });
  const authority = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
  await openssl('req', '-x509', ...EC_KEY, '-days', '30', '-subj', '/CN=test-ca', '-keyout', 'ca.key', '-out', 'ca.crt', ...authority);
  await openssl('req', '-new', ...EC_KEY, '-subj', '/CN=broker', '-keyout', 'broker.key', '-out', 'broker.csr');
  const signed = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '30', '-extfile', 'broker.ext'];
  await openssl('x509', '-req', '-in', 'broker.csr', ...signed, '-out', 'broker.crt');
  const chain = ['broker.key', 'broker.crt', 'ca.crt'].map((name) => readFileSync(join(folder, name), 'utf8'));
  writeFileSync(join(folder, 'broker.pem'), chain.join(''), { mode: 0o600 });
}
