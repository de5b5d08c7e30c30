import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { elasticsearchJdk } from '../machine.mjs';
import { freePorts } from '../ports.mjs';
import { ServerProcess } from '../server-process.mjs';
import { elasticsearchHome } from './home.mjs';

/** The first compiler alone starts in two thirds of the time, and searches at half the speed. */
const QUICK_START = ['-XX:TieredStopAtLevel=1'];

/**
 * One node with Nori.
 * @param {import('../nest.mjs').Nest} nest
 * @param {{ jvm?: string[] }} [options] `jvm`: what the virtual machine is told; `[]` for measurements
 * @returns {Promise<ServerProcess & { url: string, address: string, port: number }>}
 */
export async function startElasticsearchIn(nest, { jvm = QUICK_START } = {}) {
  const home = await elasticsearchHome();
  const [port] = await freePorts(1);
  const folder = join(nest.folder, `elasticsearch-${port}`);
  const url = `http://127.0.0.1:${port}`;
  mkdirSync(folder);
  const server = new ServerProcess({ nest, name: 'Elasticsearch', folder, command: command({ home, folder, port, jvm }), isReady: () => servesEveryIndex(url) });
  await server.start();
  return Object.assign(server, { url, address: url, port });
}

function command({ home, folder, port, jvm }) {
  return [
    join(elasticsearchJdk(), 'bin/java'),
    ...['-Xms512m', '-Xmx512m', '-XX:+UseSerialGC', ...jvm, '-Dfile.encoding=UTF-8', '-Djava.awt.headless=true'],
    ...['-Dio.netty.noUnsafe=true', '-Dio.netty.noKeySetOptimization=true', '-Dlog4j.shutdownHookEnabled=false', '-Dlog4j2.disable.jmx=true', '-Destest.detached=true'],
    ...['--module-path', join(home, 'lib'), '--add-modules', 'org.elasticsearch.server,jdk.net,jdk.management,jdk.httpserver'],
    '--enable-native-access=org.elasticsearch.nativeaccess,org.apache.lucene.core',
    ...['-cp', join(home, 'launcher.jar'), 'estest.EsTestServer', home, folder, `http.port=${port}`],
  ];
}

/** HTTP is up before the shards of an earlier start are; yellow, since one node alone has no place for a replica. */
async function servesEveryIndex(url) {
  try {
    const response = await fetch(`${url}/_cluster/health?wait_for_status=yellow&wait_for_no_initializing_shards=true&timeout=2s`, { signal: AbortSignal.timeout(5_000) });
    return response.ok && (await response.json()).timed_out === false;
  } catch {
    return false;
  }
}
