import { cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { copyDependencies, run, serverHome, stampOf } from '../cache.mjs';
import { elasticsearchJdk, needLinuxX64, needPrograms } from '../machine.mjs';

const here = import.meta.dirname;
const version = /<es\.version>(.*)<\/es\.version>/.exec(readFileSync(join(here, 'pom.xml'), 'utf8'))[1];

/** The folder with Elasticsearch's jars and our own parts. */
export async function elasticsearchHome() {
  needLinuxX64();
  const jdk = elasticsearchJdk();
  needPrograms('mvn');
  const made = ['pom.xml', 'conf', 'src', 'home.mjs'].map((name) => join(here, name));
  return serverHome({ kind: 'elasticsearch', stamp: stampOf([...made, `jdk=${jdk}`]) });
}

/** Lays out `lib`, `modules`, `plugins`, `config` and `launcher.jar` as the server expects them. */
export async function fillElasticsearchHome(home) {
  const netty = join(home, 'modules/transport-netty4');
  const nori = join(home, 'plugins/analysis-nori');
  const common = join(home, 'modules/common-lite');
  for (const folder of [netty, nori, common]) mkdirSync(folder, { recursive: true });
  cpSync(join(here, 'conf'), join(home, 'config'), { recursive: true });
  await copyDependencies(here, join(home, 'lib'));
  moveJars(join(home, 'lib'), netty, /^(transport-netty4|elasticsearch-ssl-config|netty-).*\.jar$/);
  moveJars(join(home, 'lib'), nori, /^lucene-analysis-nori-.*\.jar$/);
  await takeDescriptor(netty);

  await compile(home, { source: 'launcher', classPath: [`${home}/lib/*`], jar: join(home, 'launcher.jar') });
  await compile(home, { source: 'nori', classPath: [`${home}/lib/*`, `${nori}/*`], jar: join(nori, 'nori-plugin.jar') });
  describe(nori, { name: 'analysis-nori', className: 'estest.nori.NoriPlugin', text: 'Nori, for tests' });
  await compile(home, { source: 'common', classPath: [`${home}/lib/*`], jar: join(common, 'common-lite.jar') });
  describe(common, { name: 'common-lite', className: 'estest.common.CommonPlugin', text: 'part of analysis-common, and GET /' });
}

function moveJars(from, to, pattern) {
  for (const name of readdirSync(from).filter((file) => pattern.test(file))) renameSync(join(from, name), join(to, name));
}

/** The HTTP module carries its plugin description inside its jar. */
async function takeDescriptor(folder) {
  const jar = readdirSync(folder).find((name) => name.startsWith('transport-netty4-'));
  const inside = 'META-INF/es-plugins/transport-netty4';
  await run(join(elasticsearchJdk(), 'bin/jar'), ['--extract', '--file', jar, inside], { cwd: folder });
  for (const name of readdirSync(join(folder, inside))) renameSync(join(folder, inside, name), join(folder, basename(name)));
  rmSync(join(folder, 'META-INF'), { recursive: true });
}

async function compile(home, { source, classPath, jar }) {
  const classes = join(home, 'build', source);
  mkdirSync(classes, { recursive: true });
  const folder = join(here, 'src', source);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.java'));
  const bin = join(elasticsearchJdk(), 'bin');
  const paths = ['-cp', classPath.join(':'), '-d', classes, ...files.map((name) => join(folder, name))];
  await run(join(bin, 'javac'), ['-nowarn', '-XDsuppressNotes', '--release', '21', ...paths]);
  await run(join(bin, 'jar'), ['--create', '--file', jar, '-C', classes, '.']);
  rmSync(join(home, 'build'), { recursive: true });
}

/** A plugin must name the exact version of its server. */
function describe(folder, { name, className, text }) {
  const lines = [`name=${name}`, `description=${text}`, `classname=${className}`, `version=${version}`, `elasticsearch.version=${version}`, 'java.version=21'];
  writeFileSync(join(folder, 'plugin-descriptor.properties'), `${lines.join('\n')}\n`);
}
