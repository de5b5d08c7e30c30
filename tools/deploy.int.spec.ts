import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { SERVICES } from '@math-labeler/contracts';
import { VARIABLES } from '@math-labeler/service-kit';
import { type Copy, DockerfileParser } from 'dockerfile-ast';
import { parse } from 'yaml';
import { buildContext, manifestsOf, readCompose, repository, root, textOf } from './deploy-files.fixture.js';

const variables = new Set(VARIABLES.flatMap((name) => [name, `${name}_FILE`]));
/** What Node itself reads. */
const ofNode = new Set(['NODE_ENV', 'NODE_OPTIONS']);
const unknownOf = (names: readonly string[]) => names.filter((name) => !variables.has(name) && !ofNode.has(name));
/** `latest`, or a version of which the next build may bring another. */
const isPinned = (image: string) => /:\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(image.replace(/\$\{\w+:-([^}]*)\}/g, '$1'));
/** Where an entry of a compiled program comes from. */
const sourceOf = (path: string) => path.replace('/dist/', '/src/').replace(/\.js$/, '.ts');

describe('docker-compose.yml', () => {
  const compose = readCompose();
  const services = Object.entries(compose.services);
  const ours = services.filter(([, { image }]) => image.startsWith('math-labeler:'));

  test('every service of the product is there, started by its own program', () => {
    expect(Object.fromEntries(SERVICES.map((name) => [name, compose.services[name]?.command]))).toEqual(Object.fromEntries(SERVICES.map((name) => [name, [`apps/${name}/dist/main.js`]])));
  });

  test.each(services)('%s is pinned, bounded, watched, and nobody of weight', (name, service) => {
    expect(isPinned(service.image)).toBe(true);
    expect(service.user).not.toMatch(/^(?:root|0)(?::|$)/);
    expect(service).toMatchObject({ cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'], logging: { options: { 'max-size': expect.any(String) } } });
    expect('test' in service.healthcheck || service.restart === 'no').toBe(true);
    expect(service.restart === 'unless-stopped' && service.stop_grace_period === undefined ? name : '').toBe('');
  });

  test.each(ours)('%s cannot change its own program, and knows only variables that there are', (_, { read_only, environment, entrypoint = [], command = [] }) => {
    expect(read_only).toBe(true);
    expect(unknownOf(Object.keys(environment))).toEqual([]);
    const files = [...entrypoint, ...command].filter((word) => word.includes('/'));
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((path) => !buildContext().includes(sourceOf(path)))).toEqual([]);
  });

  test('a service has longer to end than it takes', () => {
    for (const name of SERVICES) expect(Number.parseInt(compose.services[name].stop_grace_period!, 10)).toBeGreaterThanOrEqual(15);
  });

  test('no password stands in it', () => {
    const secrets = services.flatMap(([name, { environment }]) => Object.entries(environment).filter(([variable]) => /(?:PASSWORD|SECRET|TOKEN|API_KEY|URI)(?:_FILE)?$/.test(variable)).map(([variable, value]) => [`${name} ${variable}`, value]));
    expect(secrets.length).toBeGreaterThan(5);
    expect(secrets.filter(([variable, value]) => !variable.endsWith('_FILE') || !value.startsWith('/run/secrets/'))).toEqual([]);
    expect(textOf('docker-compose.yml')).not.toMatch(/:\/\/[^\s/@]+:[^\s/@]+@/);
  });

  test('a service is given the secrets that it reads, and no others', () => {
    for (const [name, service] of services) {
      const told = JSON.stringify([service.environment, service.entrypoint, service.healthcheck, service.volumes.map(contentOf)]);
      const read = [...told.matchAll(/\/run\/secrets\/([\w-]+)/g)].map(([, secret]) => secret);
      expect([name, [...service.secrets].sort()]).toEqual([name, [...new Set(read)].sort()]);
    }
  });

  test('only the gateway is to be reached from outside, and that from this machine alone unless it is told otherwise', () => {
    expect(services.flatMap(([name, { ports }]) => ports.map((port) => [name, port.replace(/\$\{\w+:-([^}]*)\}/g, '$1')]))).toEqual([['gateway', '127.0.0.1:3000:3000']]);
    expect(services.filter(([, { networks }]) => networks.some((network) => compose.networks[network]?.internal !== true)).map(([name]) => name)).toEqual(['gateway']);
  });

  test('all that it names exists', () => {
    for (const [, { build, volumes, networks, secrets, depends_on }] of services) {
      if (build !== undefined) expect(repository).toContain(join(build.context, build.dockerfile));
      for (const [source] of volumes.map((volume) => volume.split(':'))) {
        if (source.startsWith('./')) expect(repository).toContain(source.slice(2));
        else expect(Object.keys(compose.volumes)).toContain(source);
      }
      for (const network of networks) expect(Object.keys(compose.networks)).toContain(network);
      for (const secret of secrets) expect(Object.keys(compose.secrets)).toContain(secret);
      for (const [name, { condition }] of Object.entries(depends_on)) {
        expect(condition === 'service_healthy' ? 'test' in compose.services[name].healthcheck : compose.services[name].restart === 'no').toBe(true);
      }
    }
  });

  test('make-secrets.sh makes each secret that it reads, for its owner alone, and never another in its place', () => {
    const folder = mkdtempSync(join(tmpdir(), 'math-labeler-secrets-'));
    try {
      const make = () => {
        execFileSync('sh', [join(root, 'deploy/make-secrets.sh'), folder]);
        return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
      };
      const made = make();
      expect(Object.keys(made).sort()).toEqual(Object.values(compose.secrets).map(({ file }) => basename(file)).sort());
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      expect(new Set(Object.values(made)).size).toBe(Object.keys(made).length);
      expect(made['mongodb-uri']).toContain(`:${made['mongodb-password'].trim()}@mongodb:27017/`);
      expect(make()).toEqual(made);
      expect(Object.values(compose.secrets).filter(({ file }) => existsSync(join(root, file)) && repository.includes(file))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** Of a file that is mounted. */
function contentOf(volume: string): string {
  return volume.startsWith('./') ? textOf(volume.split(':')[0].slice(2)) : '';
}

describe('deploy/Dockerfile', () => {
  const dockerfile = DockerfileParser.parse(textOf('deploy/Dockerfile'));
  const instructions = dockerfile.getInstructions();
  const last = instructions.slice(instructions.findLastIndex((one) => one.getKeyword() === 'FROM'));
  const lastOf = (keyword: string) => last.findLast((one) => one.getKeyword() === keyword)?.getArgumentsContent();
  const copies = instructions.filter((one): one is Copy => one.getKeyword() === 'COPY').filter((one) => one.getFromFlag() === null);
  const sources = copies.flatMap((copy) => copy.getArguments().slice(0, -1).map((argument) => argument.getValue()));

  test('every COPY finds its source among the files that a build is given', () => {
    const context = buildContext();
    expect(sources.length).toBeGreaterThan(8);
    expect(sources.filter((source) => !context.some((path) => path === source || path.startsWith(`${source}/`)))).toEqual([]);
  });

  test('neither tests nor secrets nor anything that was built here gets into an image', () => {
    expect(buildContext().filter((path) => /\.(?:spec|fixture|behaviour)\.ts$|^\.git\/|secret|node_modules|\/dist\/|^var\//.test(path))).toEqual([]);
  });

  test('all stages start from one pinned image or from each other', () => {
    const version = instructions.find((one) => one.getKeyword() === 'ARG')!.getArgumentsContent()!.split('=')[1];
    expect(dockerfile.getFROMs().map((from) => from.getImage()!.replace('${NODE_VERSION}', version)).filter((image) => image !== 'packages' && !isPinned(image))).toEqual([]);
  });

  test('it runs as nobody of weight, says how it is, and ends when it is told', () => {
    expect(lastOf('USER')).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(lastOf('HEALTHCHECK')).toContain('deploy/healthcheck.mjs');
    expect(sources).toContain('deploy/healthcheck.mjs');
    expect(lastOf('STOPSIGNAL')).toBe('SIGTERM');
    expect([lastOf('ENTRYPOINT'), lastOf('CMD')]).toEqual(['["node"]', '["apps/gateway/dist/main.js"]']);
  });

  test('its variables are known to the program', () => {
    expect(unknownOf(lastOf('ENV')!.split(' ').map((pair) => pair.split('=')[0]))).toEqual([]);
  });

  test('sources, packages and product are of one place', () => {
    expect(new Set(instructions.filter((one) => one.getKeyword() === 'WORKDIR').map((one) => one.getArgumentsContent()))).toEqual(new Set(['/manifests', '/srv/math-labeler']));
    expect(lastOf('ENV')).toContain('DATA_DIR=/srv/math-labeler/var');
  });
});

describe('deploy/kubernetes', () => {
  const folder = 'deploy/kubernetes';
  const kustomization = parse(textOf(`${folder}/kustomization.yaml`)) as { resources: string[]; patches: { path: string }[]; images: { name: string; newTag: string }[]; configMapGenerator: { literals: string[] }[] };
  const patch = textOf(`${folder}/process.patch.yaml`);

  test('every file has its place in the kustomization', () => {
    const named = ['kustomization.yaml', ...kustomization.resources, ...kustomization.patches.map(({ path }) => path)];
    expect(readdirSync(join(root, folder)).sort()).toEqual([...new Set(named)].sort());
  });

  test.each([...SERVICES])('%s runs more than once, by its own program, with what it may know', (service) => {
    const [workload, ...others] = manifestsOf(`${folder}/${service}.yaml`) as { kind: string; spec: { replicas: number; template: { spec: { containers: { args: string[]; env: { name: string }[] }[] } } } }[];
    const [container] = workload.spec.template.spec.containers;
    expect(workload.spec.replicas).toBeGreaterThan(1);
    expect(container.args).toEqual([`apps/${service}/dist/main.js`]);
    expect(unknownOf(container.env.map(({ name }) => name))).toEqual([]);
    expect(container.env).toContainEqual({ name: 'KAFKA_USERNAME', value: service });
    expect(others.map(({ kind }) => kind)).toEqual(['Service', 'PodDisruptionBudget']);
  });

  test('settings for all are known to the program', () => {
    expect(unknownOf(kustomization.configMapGenerator.flatMap(({ literals }) => literals.map((literal) => literal.split('=')[0])))).toEqual([]);
    expect(kustomization.images.every(({ name, newTag }) => isPinned(`${name}:${newTag}`))).toBe(true);
  });

  test('pods run as nobody of weight, on a file system that they cannot change, and ask what there is to ask', () => {
    expect(parse(patch)).toMatchObject({
      spec: { template: { spec: { securityContext: { runAsNonRoot: true }, terminationGracePeriodSeconds: 30, containers: [{ securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false } }] } } },
    });
    expect([...patch.matchAll(/httpGet: \{ path: (\S+),/g)].map(([, path]) => path)).toEqual(['/health/live', '/health/ready']);
  });

  test('the guide says how to make each Secret', () => {
    const manifests = [patch, ...SERVICES.map((service) => textOf(`${folder}/${service}.yaml`))].join('\n');
    const secrets = new Set([...manifests.matchAll(/secretName: ([\w-]+)|secretKeyRef: \{ name: ([\w-]+)/g)].map(([, mounted, read]) => mounted ?? read));
    expect([...secrets].sort()).toEqual(['api-keys', 'authorities', 'elasticsearch', 'kafka', 'mongodb']);
    for (const guide of ['docs/operations.md', 'docs/operations.ko.md']) for (const secret of secrets) expect(textOf(guide)).toContain(`create secret generic ${secret} `);
  });
});

/** What is laid over the rest where a provider of models is used: which services it may reach, and whose variables those are. */
describe.each([
  { part: 'language-model', services: ['labeling', 'mathlabel'], workload: 'labeling', prefix: /^(?:OPENAI_(?!EMBEDDING)|LLM_|MONGODB_URI)/ },
  { part: 'embeddings', services: ['mathlabel', 'prepare', 'retrieval'], workload: 'retrieval', prefix: /^OPENAI_EMBEDDING_/ },
])('deploy/$part', ({ part, services, workload, prefix }) => {
  type Overlay = { services: Record<string, { environment: Record<string, string>; secrets: string[]; networks: string[] }>; networks: Record<string, null>; secrets: Record<string, { file: string }> };
  type Component = { configMapGenerator: { name: string; literals: string[] }[]; patches: { target: { kind: string; name: string }; patch: string }[] };
  type Addition = { op: string; path: string; value: { name?: string; configMapRef?: { name: string }; valueFrom?: { secretKeyRef: { name: string } } } };
  const overlay = parse(textOf(`deploy/${part}/compose.yml`), { merge: true }) as Overlay;
  const base = readCompose();

  test('compose: only those who ask are told of it, and let out to it', () => {
    expect(Object.keys(overlay.services).sort()).toEqual(services);
    for (const [name, { environment, networks }] of Object.entries(overlay.services)) {
      expect(base.services[name]).toBeDefined();
      expect(unknownOf(Object.keys(environment))).toEqual([]);
      expect(Object.keys(environment).filter((variable) => !prefix.test(variable))).toEqual([]);
      expect(networks).toEqual(['outside']);
    }
    expect(overlay.networks).toEqual({ outside: null });
  });

  test('compose: a key comes from a file that no commit holds, and goes to those who read it', () => {
    const [[key, { file }], ...others] = Object.entries(overlay.secrets);
    expect([others, basename(file), Object.keys(base.secrets).includes(key)]).toEqual([[], key, false]);
    expect(execFileSync('git', ['check-ignore', file], { cwd: root, encoding: 'utf8' }).trim()).toBe(file);
    for (const { environment, secrets } of Object.values(overlay.services)) {
      const read = Object.values(environment).flatMap((value) => value.startsWith('/run/secrets/') ? [basename(value)] : []);
      expect([...secrets].sort()).toEqual(read.sort());
      expect(secrets).toContain(key);
      expect(Object.keys(environment).filter((variable) => /(?:API_KEY|URI)$/.test(variable))).toEqual([]);
    }
  });

  test('kubernetes: the one workload that asks gets variables that there are, and a Secret that the guide makes', () => {
    const { configMapGenerator: [settings, ...more], patches: [{ target, patch }, ...others] } = parse(textOf(`deploy/${part}/kustomization.yaml`)) as Component;
    expect([more, others, target]).toEqual([[], [], { kind: 'StatefulSet', name: workload }]);
    const additions = (parse(patch) as Addition[]).map(({ op, path, value }) => {
      expect([op, path]).toEqual(['add', `/spec/template/spec/containers/0/${value.configMapRef === undefined ? 'env' : 'envFrom'}/-`]);
      return value;
    });
    expect(additions.flatMap(({ configMapRef }) => configMapRef?.name ?? [])).toEqual([settings.name]);
    const names = [...settings.literals.map((literal) => literal.split('=')[0]), ...additions.flatMap(({ name }) => name ?? [])];
    expect([unknownOf(names), names.filter((name) => !prefix.test(name)), settings.literals.filter((literal) => /KEY/.test(literal))]).toEqual([[], [], []]);
    const secrets = additions.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef.name ?? []);
    for (const guide of ['docs/operations.md', 'docs/operations.ko.md']) for (const secret of secrets) expect(textOf(guide)).toContain(`create secret generic ${secret} `);
  });
});
