import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export interface Posted {
  readonly id: string;
  readonly content: string;
}

/** A problem as the API shows it. */
export interface View {
  readonly id: string;
  readonly status: string;
  readonly label?: { readonly code: string; readonly level: string; readonly revision: number; readonly decidedBy: string; readonly contested?: boolean; readonly evidence: { readonly examples: readonly { readonly id: string }[] } };
  readonly failure?: { readonly code: string };
}

const knowledge = join(import.meta.dirname, '../../../data/knowledge');

/** `count` different problems: the labelled ones with a number of their own each, so that none is a duplicate. */
export function distinctProblems(count: number, prefix = 'p'): Posted[] {
  const texts = readdirSync(knowledge)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(knowledge, name), 'utf8').split('\n').filter(Boolean))
    .map((line) => (JSON.parse(line) as { text: string }).text);
  return Array.from({ length: count }, (_, i) => ({ id: `${prefix}${i}`, content: withNumber(texts[(i * 7919) % texts.length], i + 1) }));
}

function withNumber(text: string, number: number): string {
  return /\d/.test(text) ? text.replace(/\d+/, (old) => `${old}${number}`) : `${text} (${number})`;
}

export function batchesOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** One request, without another try. */
export function post(url: string, path: string, body: unknown): Promise<Response> {
  const isBatch = Array.isArray(body);
  return fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': isBatch ? 'application/x-ndjson' : 'application/json' },
    body: isBatch ? body.map((line) => JSON.stringify(line)).join('\n') : JSON.stringify(body),
  });
}

/** Posts a batch as a careful client does: again and again until it is acknowledged, waiting as long as it is told to. */
export async function deliver(url: string, batch: readonly Posted[], signal?: AbortSignal): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    const answer = await post(url, '/api/problems', batch).catch(() => undefined);
    if (answer === undefined) {
      await pause(50); // Nobody is there, or the connection broke: it may or may not have arrived.
      continue;
    }
    const text = await answer.text().catch(() => undefined);
    if (answer.ok && text !== undefined) return;
    if (answer.ok) continue;
    if (answer.status !== 429 && answer.status !== 503) throw new Error(`${answer.status} ${text}`);
    await pause(1000 * Number(answer.headers.get('retry-after') ?? 1));
  }
}

export async function view(url: string, id: string): Promise<View> {
  const answer = await fetch(`${url}/api/problems/${encodeURIComponent(id)}`);
  return (await answer.json()) as View;
}

/** Every problem that the API lists, or those that the query asks for, page by page. */
export async function listed(url: string, query = ''): Promise<View[]> {
  const views: View[] = [];
  for (let cursor: string | undefined; ; ) {
    const answer = await fetch(`${url}/api/problems?limit=200&${query}${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    const { problems, next } = (await answer.json()) as { problems: View[]; next?: string };
    views.push(...problems);
    if (next === undefined) return views;
    cursor = next;
  }
}
