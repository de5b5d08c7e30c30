import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param {Record<string, string | number>} properties */
export function toProperties(properties) {
  return `${Object.entries(properties).map(([name, value]) => `${name}=${value}`).join('\n')}\n`;
}

/** The settings in one of the files in `conf`, with `{name}` replaced by the value of that name. */
export function readProperties(name, values = {}) {
  return Object.fromEntries(
    readFileSync(join(import.meta.dirname, 'conf', name), 'utf8')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'))
      .map((line) => line.replace(/\{(\w+)\}/g, (_, key) => String(values[key])))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

/** What a plain node is started with; `voters` names every node's id and controller port. */
export function nodeProperties({ id, port, controllerPort, voters }) {
  return {
    ...readProperties('single.base.properties'),
    'node.id': String(id),
    'controller.quorum.voters': voters,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
  };
}
