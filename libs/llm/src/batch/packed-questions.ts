import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type BatchedQuestion } from './batch.store.js';

/** A full batch is 13 MB of JSON and 4 MB like this: one field of one document can hold it. */
export function packQuestions(questions: readonly BatchedQuestion[]): string {
  return deflateRawSync(JSON.stringify(questions)).toString('base64');
}

export function unpackQuestions(packed: string): BatchedQuestion[] {
  return JSON.parse(inflateRawSync(Buffer.from(packed, 'base64')).toString()) as BatchedQuestion[];
}
