import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, LEVELS } from '@math-labeler/curriculum';
import { type Judged } from '@math-labeler/evaluation';
import { z } from 'zod';

const FILE = 'outcomes.jsonl';

const outcome = z.object({
  id: z.string(),
  gold: z.object({ codes: z.array(z.string()).min(1), level: z.enum(LEVELS).optional() }),
  predicted: z.object({ code: z.string(), level: z.enum(LEVELS) }),
  confidence: z.number(),
  accepted: z.boolean(),
});

/** What became of one problem of an evaluation. */
export type Outcome = z.infer<typeof outcome>;

/** Writes down what an evaluation came to, beside the replies that it came from, so that two can be compared. */
export async function writeOutcomes(folder: string, ids: readonly string[], judged: readonly Judged[]): Promise<void> {
  const file = join(folder, FILE);
  await writeFile(file, '');
  const lines = judged.map(({ gold, predicted, confidence, accepted }, i) => JSON.stringify({ id: ids[i], gold: { codes: [...gold.codes], level: gold.level }, predicted, confidence, accepted } satisfies Outcome));
  await appendFile(file, lines.map((line) => `${line}\n`).join(''));
}

/** By id. Throws InputError CLI.NO_OUTCOMES, CLI.BAD_OUTCOME. */
export async function readOutcomes(folder: string): Promise<Map<string, Outcome>> {
  const file = join(folder, FILE);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new InputError('CLI.NO_OUTCOMES', { file }, undefined, { ko: '평가한 결과가 없습니다. mathlabel evaluate FILE --record로 먼저 만드세요', en: 'holds no evaluation; make one with mathlabel evaluate FILE --record' }, { cause });
  });
  const outcomes = new Map<string, Outcome>();
  for (const [i, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const read = outcome.safeParse(jsonOf(line));
    if (!read.success) throw new InputError('CLI.BAD_OUTCOME', { file, line: i + 1 }, read.error.issues[0].path.join('.') || undefined, { ko: '평가 결과의 줄이 아닙니다', en: 'is no line of an evaluation' });
    outcomes.set(read.data.id, read.data);
  }
  return outcomes;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
