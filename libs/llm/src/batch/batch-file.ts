import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Question } from '../language-model.js';
import { type WritingModel } from '../openai/written-question.js';
import { replyKey } from '../replies/reply-key.js';

/** What a provider takes in one file. OpenAI: 50,000 requests and 200 MB. */
export interface FileLimits {
  readonly questions: number;
  readonly bytes: number;
}

export const FILE_LIMITS: FileLimits = { questions: 50_000, bytes: 190_000_000 };

/** Questions in their order, as many together as fit into one file each. */
export function* portionsOf(questions: readonly Question[], model: WritingModel, limits: FileLimits): Generator<Question[]> {
  let portion: Question[] = [];
  let bytes = 0;
  for (const question of questions) {
    const size = Buffer.byteLength(lineOf(question, model));
    if (portion.length > 0 && (portion.length === limits.questions || bytes + size > limits.bytes)) {
      yield portion;
      [portion, bytes] = [[], 0];
    }
    portion.push(question);
    bytes += size;
  }
  if (portion.length > 0) yield portion;
}

/** Writes what the model would be asked at once, a question a line, each under the name by which its reply is kept. */
export async function writeBatchFile(path: string, questions: readonly Question[], model: WritingModel): Promise<void> {
  const lines = function* (): Generator<string> {
    for (const question of questions) yield lineOf(question, model);
  };
  await pipeline(Readable.from(lines()), createWriteStream(path));
}

function lineOf(question: Question, model: WritingModel): string {
  return `${JSON.stringify({ custom_id: replyKey(model.name, question.key), method: 'POST', url: `/v1${model.path}`, body: model.request(question) })}\n`;
}
