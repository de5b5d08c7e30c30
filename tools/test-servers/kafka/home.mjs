import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { copyDependencies, run, serverHome, stampOf } from '../cache.mjs';
import { kafkaJava, needLinuxX64, needPrograms } from '../machine.mjs';
import { accepts, freePorts } from '../ports.mjs';
import { nodeProperties, toProperties } from './properties.mjs';

const CLUSTER_ID = 'oC5gZSvBSvaZpppOyJgKRQ';
export const MOST_NODES = 3;

/** The folder with Kafka's jars, settings and a formatted data folder for each node id. */
export async function kafkaHome() {
  needLinuxX64();
  const java = kafkaJava();
  needPrograms('mvn');
  const made = ['pom.xml', 'conf', 'home.mjs', 'properties.mjs'].map((name) => join(import.meta.dirname, name));
  return serverHome({ kind: 'kafka', stamp: stampOf([...made, `java=${java}`]) });
}

/** The command of a Java program of Kafka; it runs in the home folder. */
export function kafkaCommand(home, ...args) {
  return [join(kafkaJava(), 'bin', 'java'), '-XX:SharedArchiveFile=kafka.jsa', '-Xlog:disable', '@conf/java.args', ...args];
}

/** Writes what a node needs before its first start; later nodes of the same id copy that. */
export async function format(home, { file, users = [] }) {
  const [java, ...args] = kafkaCommand(home, 'kafka.tools.StorageTool', 'format', '-t', CLUSTER_ID, '-c', file, ...users.flatMap(([name, password]) => ['--add-scram', `SCRAM-SHA-512=[name="${name}",password="${password}"]`]));
  await run(java, args, { cwd: home });
}

export async function fillKafkaHome(folder) {
  cpSync(join(import.meta.dirname, 'conf'), join(folder, 'conf'), { recursive: true });
  await copyDependencies(import.meta.dirname, join(folder, 'lib'));
  for (let id = 1; id <= MOST_NODES; id += 1) {
    const data = join(folder, 'formatted', String(id));
    mkdirSync(data, { recursive: true });
    const file = join(folder, 'format.properties');
    writeFileSync(file, toProperties({ ...nodeProperties({ id, port: 9092, voters: `${id}@127.0.0.1:9093`, controllerPort: 9093 }), 'log.dirs': data }));
    await format(folder, { file });
    rmSync(file);
  }
  await archiveClasses(folder);
}

/** One start and stop that leaves an archive of the loaded classes, which halves the time of every later start. */
async function archiveClasses(folder) {
  const [port, controllerPort] = await freePorts(2);
  const data = join(folder, 'training');
  const file = join(folder, 'training.properties');
  cpSync(join(folder, 'formatted', '1'), data, { recursive: true });
  writeFileSync(file, toProperties({ ...nodeProperties({ id: 1, port, voters: `1@127.0.0.1:${controllerPort}`, controllerPort }), 'log.dirs': data }));
  const broker = spawn(join(kafkaJava(), 'bin', 'java'), ['-XX:ArchiveClassesAtExit=kafka.jsa', '@conf/java.args', 'kafka.Kafka', file], { cwd: folder, stdio: 'ignore' });
  const ended = once(broker, 'exit');
  while (broker.exitCode === null && !(await accepts(port))) await wait(50);
  broker.kill('SIGTERM');
  await ended;
  rmSync(data, { recursive: true });
  rmSync(file);
}
