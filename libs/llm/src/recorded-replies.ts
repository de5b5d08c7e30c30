import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@math-labeler/curriculum';
import { z } from 'zod';
import { type Absence, type Consultant, type Question, type QuestionKey, type Reply } from './language-model.js';

const FILE = 'replies.jsonl';

const count = z.int().nonnegative();
/** JSON has no infinity: a token that the model gave no chance at all. */
const logprob = z.number().nullable().transform((value) => value ?? -Infinity);
const token = z.object({ text: z.string(), logprob, top: z.array(z.object({ text: z.string(), logprob })) });
const line = z.object({
  model: z.string(),
  key: z.object({ problem: z.string(), prompt: z.string(), candidates: z.array(z.string()), sample: count }),
  reply: z.object({
    outcome: z.enum(['answered', 'refused', 'cut', 'filtered']),
    text: z.string(),
    tokens: z.array(token).optional(),
    usage: z.object({ input: count, cachedInput: count, cacheWrite: count.optional(), output: count, reasoning: count }),
    model: z.string(),
  }),
});

/** Writes down what a model answers, so that an evaluation can be repeated without it: a line of JSON for each reply in `replies.jsonl` of a folder. */
export class ReplyRecorder implements Consultant {
  private constructor(
    private readonly inner: Consultant,
    private readonly file: string,
  ) {}

  /** Makes the folder, and begins anew what it held. */
  static async open(inner: Consultant, folder: string): Promise<ReplyRecorder> {
    await mkdir(folder, { recursive: true });
    const file = join(folder, FILE);
    await writeFile(file, '');
    return new ReplyRecorder(inner, file);
  }

  get name(): string {
    return this.inner.name;
  }

  async consult(question: Question, signal: AbortSignal): Promise<Reply | Absence> {
    const reply = await this.inner.consult(question, signal);
    if (typeof reply !== 'string') await appendFile(this.file, `${JSON.stringify({ model: this.name, key: question.key, reply })}\n`);
    return reply;
  }
}

/** Answers as a model once did; what it was not asked then is `unavailable`. */
export class RecordedReplies implements Consultant {
  /** Questions that nothing was recorded for. */
  missing = 0;

  /** @param samples how often the first question was asked */
  private constructor(
    readonly name: string,
    readonly samples: number,
    private readonly replies: ReadonlyMap<string, Reply>,
  ) {}

  /** Reads a folder that a recorder has written; throws InputError LLM.NO_RECORDING, LLM.BAD_RECORDING. */
  static async read(folder: string): Promise<RecordedReplies> {
    const file = join(folder, FILE);
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw new InputError('LLM.NO_RECORDING', { file }, undefined, { ko: '기록된 답이 없습니다. mathlabel evaluate --record로 먼저 기록하세요', en: 'holds no recorded replies; record them with mathlabel evaluate --record' }, { cause });
    });
    const replies = new Map<string, Reply>();
    let name: string | undefined;
    let samples = 1;
    for (const [i, row] of text.split('\n').entries()) {
      if (row === '') continue;
      const read = line.safeParse(jsonOf(row));
      if (!read.success) throw new InputError('LLM.BAD_RECORDING', { file, line: i + 1 }, read.error.issues[0].path.join('.') || undefined, { ko: '기록된 답이 아닙니다', en: 'is no recorded reply' });
      name ??= read.data.model;
      samples = Math.max(samples, read.data.key.sample + 1);
      replies.set(nameOf(read.data.key), read.data.reply);
    }
    if (name === undefined) throw new InputError('LLM.NO_RECORDING', { file }, undefined, { ko: '기록된 답이 하나도 없습니다', en: 'holds no reply' });
    return new RecordedReplies(name, samples, replies);
  }

  async consult({ key }: Question): Promise<Reply | Absence> {
    const reply = this.replies.get(nameOf(key));
    if (reply === undefined) this.missing += 1;
    return reply ?? 'unavailable';
  }
}

function nameOf({ problem, prompt, candidates, sample }: QuestionKey): string {
  return JSON.stringify([problem, prompt, candidates, sample]);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
