// What a machine needs for the servers. Each missing thing is told in Korean and English.
import { accessSync, constants, existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** @typedef {{ ko: string, en: string }} Words */
/** @typedef {'kafka' | 'elasticsearch' | 'mongodb' | 'llama'} Kind */

const KAFKA_JAVA = 17;
const ELASTICSEARCH_JDK = 21;

/** This machine cannot run a server of that kind. */
export class Unavailable extends Error {
  /** @param {Words} reason */
  constructor(reason, options) {
    super(`${reason.en} / ${reason.ko}`, options);
    this.name = 'Unavailable';
    this.reason = reason;
  }
}

/** @param {string} program */
function inPath(program) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** The Java installations of this machine, best known first: by variable, the default one, those beside it. */
function javaHomes() {
  const java = inPath('java');
  const home = java && dirname(dirname(realpathSync(java)));
  const beside = home ? readdirSync(dirname(home)).map((name) => join(dirname(home), name)) : [];
  return [process.env.ES_JAVA_HOME, process.env.JAVA_HOME, home, ...beside].filter((folder) => folder && existsSync(join(folder, 'release')));
}

function javaVersion(home) {
  return Number(/^JAVA_VERSION="(?:1\.)?(\d+)/m.exec(readFileSync(join(home, 'release'), 'utf8'))?.[1] ?? 0);
}

/** The first installation of at least that version that has the program. */
function javaHome(version, program) {
  return javaHomes().find((home) => javaVersion(home) >= version && existsSync(join(home, 'bin', program)));
}

/** @returns {string} an absolute folder; refused where there is none */
export function kafkaJava() {
  const home = javaHome(KAFKA_JAVA, 'java');
  if (!home) throw new Unavailable({ ko: `Java ${KAFKA_JAVA} 이상이 없습니다`, en: `no Java ${KAFKA_JAVA} or newer` });
  return home;
}

/** @returns {string} an absolute folder; refused where there is none */
export function elasticsearchJdk() {
  const home = javaHome(ELASTICSEARCH_JDK, 'javac');
  if (!home) {
    throw new Unavailable({
      ko: `JDK ${ELASTICSEARCH_JDK} 이상이 없습니다 (ES_JAVA_HOME으로 알려 주세요)`,
      en: `no JDK ${ELASTICSEARCH_JDK} or newer (name one with ES_JAVA_HOME)`,
    });
  }
  return home;
}

/** Refused where one is not installed. @param {string[]} names */
export function needPrograms(...names) {
  const missing = names.filter((name) => !inPath(name));
  if (missing.length > 0) throw new Unavailable({ ko: `설치되어 있지 않음: ${missing.join(', ')}`, en: `not installed: ${missing.join(', ')}` });
}

export function needLinuxX64() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Unavailable({
      ko: `Linux x64에서만 실행됩니다 (지금은 ${process.platform} ${process.arch})`,
      en: `runs on Linux x64 only (this is ${process.platform} ${process.arch})`,
    });
  }
}

/** @param {string} [least] a version, such as `2.35` */
export function needGlibc(least = '2.0') {
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (/** @type {unknown} */ (process.report.getReport()));
  const version = report.header.glibcVersionRuntime;
  if (!version) throw new Unavailable({ ko: 'glibc가 아닌 시스템입니다', en: 'the system has no glibc' });
  const [[major, minor], [leastMajor, leastMinor]] = [version, least].map((text) => text.split('.').map(Number));
  if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
    throw new Unavailable({ ko: `glibc ${least} 이상이 아닙니다 (지금은 ${version})`, en: `no glibc ${least} or newer (this is ${version})` });
  }
}

/** mongod is compiled for glibc and AVX. */
export function needGlibcAndAvx() {
  needGlibc();
  if (!/^flags\s*:.*\bavx\b/m.test(readFileSync('/proc/cpuinfo', 'utf8'))) throw new Unavailable({ ko: '프로세서에 AVX가 없습니다', en: 'the processor has no AVX' });
}
