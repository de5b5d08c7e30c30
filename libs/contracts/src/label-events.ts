import { z } from 'zod';
import { defineEvent, type EventOf } from './event.js';
import * as example from './examples.js';
import { alternative, bilingual, code, evidence, labelResult, level, llmVote, problem, versions, voterFavourites, votes } from './parts.js';

export const EvidenceRetrieved = defineEvent({
  type: 'evidence.retrieved.v1',
  description: 'The standards and solved examples that are most like a problem were found.',
  schema: z.object({ problem, evidence }),
  key: (data) => data.problem.id,
  examples: [{ problem: example.problem, evidence: example.evidence }],
  producers: ['retrieval'],
  consumers: ['labeling'],
  isInternal: true,
});
export type EvidenceRetrieved = EventOf<typeof EvidenceRetrieved>;

export const LabelProposed = defineEvent({
  type: 'label.proposed.v1',
  description: 'The voters have said which standard and level they take a problem for.',
  schema: z.object({ problem, evidence, votes, look: z.enum(['first', 'second']), versions }),
  key: (data) => data.problem.id,
  examples: [{ problem: example.problem, evidence: example.evidence, votes: example.votes, look: 'first', versions: example.versions }],
  producers: ['labeling'],
  consumers: ['confidence-agent'],
  isInternal: true,
});
export type LabelProposed = EventOf<typeof LabelProposed>;

export const LabelDisputed = defineEvent({
  type: 'label.disputed.v1',
  description: 'The votes do not settle a problem: they are to look once more, over a short list.',
  schema: z.object({
    problem,
    evidence,
    shortList: z.array(code).min(1).describe('The standards in question, the leading one first'),
    confidence: z.number().min(0).max(1).describe('Of the first look'),
    threshold: z.number().min(0).max(1).describe('The confidence that was needed'),
    rules: z.array(bilingual).describe('What tells the standards of the short list apart'),
    llm: llmVote.optional().describe('Of the first look'),
  }),
  key: (data) => data.problem.id,
  examples: [
    { problem: example.problem, evidence: example.evidence, shortList: ['2수01-01', '2수01-02'], confidence: 0.62, threshold: 0.8, rules: [{ ko: '자릿값이면 2수01-02이다.', en: 'Place value is 2수01-02.' }] },
  ],
  producers: ['confidence-agent'],
  consumers: ['labeling'],
  isInternal: true,
});
export type LabelDisputed = EventOf<typeof LabelDisputed>;

export const ReviewRequested = defineEvent({
  type: 'review.requested.v1',
  description: 'A person should look at the label of a problem.',
  schema: z.object({
    id: z.string(),
    content: z.string(),
    code,
    level,
    confidence: z.number().min(0).max(1),
    alternatives: z.array(alternative),
    reasons: z.array(bilingual),
  }),
  key: ({ id }) => id,
  examples: [{ id: '1', content: '100 이하의 수를 읽고 쓰세요.', code: '2수01-01', level: 'B', confidence: 0.62, alternatives: [{ code: '2수01-02', probability: 0.3 }], reasons: [{ ko: '후보가 둘입니다.', en: 'Two standards are in question.' }] }],
  producers: ['confidence-agent'],
  consumers: [],
});
export type ReviewRequested = EventOf<typeof ReviewRequested>;

/** A label as it is published: the result, which revision of it this is, and what became of it. */
export const label = labelResult.extend({
  revision: z.int().positive().describe('1 is the labeller’s own; each reviewer’s answer adds one'),
  duplicateOf: z.string().optional().describe('Id of the earlier problem of the same words, whose label this is'),
  contested: z.boolean().optional().describe('Reviewers disagree'),
  reviewer: z.string().optional().describe('Whose answer this revision is'),
  votes: z.array(voterFavourites).describe('The standards that each voter favours'),
});
export type Label = z.infer<typeof label>;

export const ProblemLabeled = defineEvent({
  type: 'problem.labeled.v1',
  description: 'A problem has a label, or a new revision of it; the highest revision holds.',
  schema: label,
  key: ({ id }) => id,
  examples: [example.label],
  producers: ['confidence-agent', 'feedback'],
  consumers: ['feedback', 'gateway'],
  retentionHours: 30 * 24,
});
export type ProblemLabeled = EventOf<typeof ProblemLabeled>;
