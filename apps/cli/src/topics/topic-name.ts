import { InputError } from '@math-labeler/curriculum';
import { type Broker } from '@math-labeler/messaging';

/** Throws an InputError that lists the near ones when there is no topic of this name. */
export async function requireTopic(broker: Broker, name: string): Promise<void> {
  const names = (await broker.topics()).map((topic) => topic.name);
  if (names.includes(name)) return;
  const near = nearNames(name, names);
  throw new InputError(
    'CLI.UNKNOWN_TOPIC',
    { file: name },
    undefined,
    near.length === 0
      ? { ko: '그런 토픽이 없습니다 (mathlabel topics list로 볼 수 있습니다)', en: 'is no topic (mathlabel topics list shows them)' }
      : { ko: `그런 토픽이 없습니다. 혹시 ${near.join(', ')}?`, en: `is no topic; did you mean ${near.join(', ')}?` },
  );
}

const SHOWN = 4;

/** The names that were perhaps meant, the nearest first: those that hold what was written, and those that a few slips lead to. */
export function nearNames(written: string, names: readonly string[]): string[] {
  const word = written.toLowerCase();
  return names
    .map((name) => ({ name, distance: name.includes(word) ? 0 : slips(word, name) }))
    .filter(({ distance }) => distance <= Math.max(2, word.length / 4))
    .sort((a, b) => a.distance - b.distance || a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
    .slice(0, SHOWN)
    .map(({ name }) => name);
}

/** How many letters to change, add or leave out: Levenshtein's distance. */
function slips(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}
