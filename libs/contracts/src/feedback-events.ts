import { z } from 'zod';
import { defineEvent, type EventOf } from './event.js';
import { bilingual, code, level } from './parts.js';

/** A reviewer's answer: the right label, or that the present one is right. */
export const feedback = z.object({
  problem_id: z.union([z.string(), z.number()]),
  correct_labels: z
    .object({ 대분류: z.string().optional(), 중분류: z.string().optional(), '하위 분류': z.string().describe('Standard and level, such as [2수01-01-B]') })
    .optional(),
  confirm: z.literal(true).optional().describe('The present label is right'),
  reviewer: z.string().min(1).optional().describe('Who answers; one reviewer’s later answer replaces the earlier'),
  comment: z.string().optional(),
});
export type Feedback = z.infer<typeof feedback>;

export const FeedbackSubmitted = defineEvent({
  type: 'feedback.submitted.v1',
  description: 'A reviewer has answered.',
  schema: feedback,
  key: ({ problem_id }) => String(problem_id),
  examples: [
    { problem_id: 101, correct_labels: { 대분류: '수와 연산', 중분류: '네 자리 이하의 수', '하위 분류': '[2수01-01-B]' }, reviewer: 'kim' },
    { problem_id: '1', confirm: true },
  ],
  producers: ['gateway'],
  consumers: ['feedback'],
  isInput: true,
});
export type FeedbackSubmitted = EventOf<typeof FeedbackSubmitted>;

export const FeedbackRecorded = defineEvent({
  type: 'feedback.recorded.v1',
  description: 'A reviewer’s answer holds: it is kept, and is evidence unless reviewers disagree.',
  schema: z.object({
    id: z.string().describe('Of the problem'),
    content: z.string(),
    code: code.describe('The standard that now holds'),
    level,
    verdict: z.enum(['confirmed', 'corrected']),
    contested: z.boolean().describe('Reviewers disagree'),
    revision: z.int().min(2),
    reviewer: z.string().describe('Who answered'),
    heldBy: z.string().describe('Whose answer holds: another’s, where the last reviewer was outvoted'),
    answer: z.object({ code, level }).describe('What this reviewer said'),
    labeled: z.object({ code, level }).describe('What the labeller had said'),
    comment: z.string().optional(),
  }),
  key: ({ id }) => id,
  examples: [
    { id: '101', content: '100 이하의 수를 읽고 쓰세요.', code: '2수01-01', level: 'B', verdict: 'corrected', contested: false, revision: 2, reviewer: 'kim', heldBy: 'kim', answer: { code: '2수01-01', level: 'B' }, labeled: { code: '2수01-01', level: 'A' } },
  ],
  producers: ['feedback'],
  consumers: ['retrieval', 'confidence-agent'],
});
export type FeedbackRecorded = EventOf<typeof FeedbackRecorded>;

export const FeedbackRejected = defineEvent({
  type: 'feedback.rejected.v1',
  description: 'A reviewer’s answer cannot be used, and why.',
  schema: z.object({
    id: z.string().describe('Of the problem, as the feedback names it'),
    code: z.string().describe('Stable, safe to match on: FEEDBACK.UNKNOWN_PROBLEM'),
    field: z.string().optional(),
    reason: bilingual,
    submitted: z.unknown().describe('The value as it came'),
  }),
  key: ({ id }) => id,
  examples: [{ id: '101', code: 'FEEDBACK.UNKNOWN_PROBLEM', field: 'problem_id', reason: { ko: '모르는 문제입니다: 101', en: 'is not a known problem: 101' }, submitted: { problem_id: 101, confirm: true } }],
  producers: ['feedback'],
  consumers: ['gateway'],
});
export type FeedbackRejected = EventOf<typeof FeedbackRejected>;
