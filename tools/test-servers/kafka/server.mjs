import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accepts, freePorts } from '../ports.mjs';
import { ServerProcess } from '../server-process.mjs';
import { MOST_NODES, kafkaCommand, kafkaHome } from './home.mjs';
import { nodeProperties, toProperties } from './properties.mjs';

/** @typedef {ServerProcess & { brokers: string, address: string, port: number, id: number }} KafkaNode */

/**
 * One node that is broker and controller.
 * @param {import('../nest.mjs').Nest} nest
 * @param {{ properties?: Record<string, string> }} [options] what differs from conf/single.base.properties
 * @returns {Promise<KafkaNode>}
 */
export async function startKafkaIn(nest, { properties = {} } = {}) {
  const home = await kafkaHome();
  const [port, controllerPort] = await freePorts(2);
  const node = { id: 1, port, controllerPort, voters: `1@127.0.0.1:${controllerPort}` };
  return startNode(nest, { home, ...node, properties: { ...nodeProperties(node), ...properties } });
}

/**
 * Nodes that replicate every topic to each other; writes need all but one of them.
 * @param {import('../nest.mjs').Nest} nest
 * @param {{ nodes?: number }} [options] at most three
 */
export async function startKafkaClusterIn(nest, { nodes: count = MOST_NODES } = {}) {
  const home = await kafkaHome();
  const ports = await freePorts(2 * count);
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  const voters = ids.map((id) => `${id}@127.0.0.1:${ports[count + id - 1]}`).join(',');
  const replication = {
    'default.replication.factor': String(count),
    'min.insync.replicas': String(Math.max(1, count - 1)),
    'offsets.topic.replication.factor': String(count),
    'transaction.state.log.replication.factor': String(count),
    'transaction.state.log.min.isr': String(Math.max(1, count - 1)),
    'unclean.leader.election.enable': 'false',
  };
  const nodes = await Promise.all(
    ids.map((id) => {
      const node = { id, port: ports[id - 1], controllerPort: ports[count + id - 1], voters };
      return startNode(nest, { home, ...node, properties: { ...nodeProperties(node), ...replication } });
    }),
  );
  return {
    brokers: nodes.map((node) => node.brokers).join(','),
    nodes,
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}

/**
 * @param {import('../nest.mjs').Nest} nest
 * @param {{ home: string, id: number, port: number, properties: Record<string, string>, formatted?: (folder: string, file: string) => Promise<void> }} node
 * `formatted` fills the data folder where the prepared one will not do.
 * @returns {Promise<KafkaNode>}
 */
export async function startNode(nest, { home, id, port, properties, formatted }) {
  const folder = join(nest.folder, `kafka-${port}`);
  const file = join(folder, 'server.properties');
  const data = join(folder, 'data');
  mkdirSync(folder);
  writeFileSync(file, toProperties({ ...properties, 'log.dirs': data }));
  if (formatted) await formatted(data, file);
  else cpSync(join(home, 'formatted', String(id)), data, { recursive: true });
  // A broker opens its port only when the cluster has let it in.
  const server = new ServerProcess({ nest, name: 'Kafka', folder, cwd: home, command: kafkaCommand(home, 'kafka.Kafka', file), isReady: () => accepts(port) });
  await server.start();
  const brokers = `127.0.0.1:${port}`;
  return Object.assign(server, { brokers, address: brokers, port, id });
}
