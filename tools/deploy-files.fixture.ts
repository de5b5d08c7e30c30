import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

export const root = join(import.meta.dirname, '..');

export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Every file that a commit of everything would hold. */
export const repository: readonly string[] = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '');

const environment = z.record(z.string(), z.string());
const condition = z.enum(['service_healthy', 'service_completed_successfully']);

/** The part of a compose service that this project uses, by the Compose Specification; anything else is a slip. */
const composeService = z.strictObject({
  image: z.string(),
  build: z.strictObject({ context: z.string(), dockerfile: z.string().default('Dockerfile') }).optional(),
  user: z.string(),
  entrypoint: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  environment: environment.default({}),
  secrets: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  tmpfs: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  ports: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.strictObject({ condition })).default({}),
  healthcheck: z.union([
    z.strictObject({ disable: z.literal(true) }),
    z.strictObject({ test: z.array(z.string()).min(2), interval: z.string(), timeout: z.string(), start_period: z.string(), retries: z.number() }),
  ]),
  restart: z.enum(['no', 'unless-stopped']),
  profiles: z.array(z.string()).default([]),
  init: z.literal(true),
  read_only: z.boolean().default(false),
  security_opt: z.array(z.string()),
  cap_drop: z.array(z.string()),
  pids_limit: z.number(),
  mem_limit: z.string().regex(/^\d+[mg]$/),
  stop_grace_period: z.string().optional(),
  logging: z.strictObject({ driver: z.string(), options: environment }),
});

const composeFile = z.strictObject({
  name: z.string(),
  services: z.record(z.string(), composeService),
  volumes: z.record(z.string(), z.null()),
  networks: z.record(z.string(), z.strictObject({ internal: z.boolean() }).nullable()),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
});

export type ComposeFile = z.infer<typeof composeFile>;

/** Throws when it is none, or uses what is not foreseen here. */
export function readCompose(): ComposeFile {
  const { services, ...rest } = parse(textOf('docker-compose.yml'), { merge: true }) as Record<string, unknown>;
  const known = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith('x-')));
  return composeFile.parse({ services, ...known });
}

/** The files that a build of the image is given, by the rules of .dockerignore: the last pattern that fits a path, or a folder above it, decides. */
export function buildContext(): readonly string[] {
  const patterns = textOf('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ excludes: !line.startsWith('!'), fits: globOf(line.replace(/^!/, '')) }));
  const isIgnored = (path: string) => patterns.findLast(({ fits }) => foldersOf(path).some((part) => fits.test(part)))?.excludes ?? false;
  return repository.filter((path) => !isIgnored(path));
}

/** The path and every folder above it. */
function foldersOf(path: string): string[] {
  return path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));
}

function globOf(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*|[.+^${}()|[\]\\]/g, (part) => (part === '**/' ? '(?:.*/)?' : part === '*' ? '[^/]*' : `\\${part}`));
  return new RegExp(`^${source}$`);
}

/** The manifests of a Kubernetes file. */
export function manifestsOf(path: string): Record<string, unknown>[] {
  return textOf(path)
    .split(/^---$/m)
    .map((text) => parse(text) as Record<string, unknown>);
}
