import { z } from 'zod';
import { defineEvent, type EventOf } from './event.js';
import * as example from './examples.js';
import { bilingual, metadata, problem } from './parts.js';

/** The two shapes in which problems come; exactly one of `content` and `text`. */
export const submission = z.object({
  id: z.union([z.string(), z.number()]).optional().describe('The producer’s own id; without it one is derived'),
  content: z.string().optional().describe('Text of the problem'),
  text: z.string().optional().describe('The same under another name'),
  metadata: metadata.optional(),
});
export type Submission = z.infer<typeof submission>;

export const ProblemSubmitted = defineEvent({
  type: 'problem.submitted.v1',
  description: 'Somebody wants to know where a problem stands in the curriculum.',
  schema: submission,
  key: ({ id }) => (id === undefined ? undefined : String(id)),
  examples: [example.submission, { text: '100 이하의 수를 읽고 쓰세요.' }],
  producers: ['gateway'],
  consumers: ['ingestion', 'gateway'],
  isInput: true,
});
export type ProblemSubmitted = EventOf<typeof ProblemSubmitted>;

export const ProblemRejected = defineEvent({
  type: 'problem.rejected.v1',
  description: 'What was submitted cannot be labelled, and why.',
  schema: z.object({
    id: z.string().describe('The id under which it came, or that was derived'),
    code: z.string().describe('Stable, safe to match on: INGESTION.EMPTY_TEXT'),
    field: z.string().optional(),
    reason: bilingual,
    submitted: z.unknown().describe('The value as it came'),
  }),
  key: ({ id }) => id,
  examples: [example.rejection],
  producers: ['ingestion'],
  consumers: ['gateway'],
});
export type ProblemRejected = EventOf<typeof ProblemRejected>;

export const ProblemIngested = defineEvent({
  type: 'problem.ingested.v1',
  description: 'A problem was checked and read, and is known under its id.',
  schema: z.object({ problem }),
  key: (data) => data.problem.id,
  examples: [{ problem: example.problem }],
  producers: ['ingestion'],
  consumers: ['retrieval'],
  isInternal: true,
});
export type ProblemIngested = EventOf<typeof ProblemIngested>;
