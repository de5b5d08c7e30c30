import { label } from '@math-labeler/contracts';
import { DOMAINS, type Domain, GRADE_BANDS, LEVELS, SEMESTERS } from '@math-labeler/curriculum';
import { z } from 'zod';
import { STATUSES } from './stores/problem-view.store.js';

// What the API answers, as its document shows it; the integration specs hold the answers against these.

const time = z.string().describe('ISO 8601, UTC');
const bilingual = z.object({ ko: z.string(), en: z.string() });
const refusal = z.object({ code: z.string(), field: z.string().optional(), reason: bilingual });
const status = z.enum(STATUSES).describe('pending: on its way; review: a person should look; rejected: cannot be labelled; failed: a dead letter');
const url = z.string();
const next = z.string().optional().describe('The cursor of the next page; absent on the last one');

export const pendingProblem = z.object({ id: z.string(), status: z.literal('pending'), url });

export const problemView = z.object({
  id: z.string(),
  status,
  url,
  content: z.string(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  submittedAt: time.optional(),
  label: label.optional().describe('The revision that holds'),
  stages: z.array(z.object({ stage: z.enum(['submitted', 'ingested', 'retrieved', 'proposed', 'disputed', 'labeled']), at: time, ms: z.number().describe('Since it was submitted') })),
  revisions: z.array(
    z.object({ revision: z.int(), code: z.string(), level: z.enum(LEVELS), decision: z.string(), decidedBy: z.string(), reviewer: z.string().optional(), contested: z.boolean().optional(), at: time }),
  ),
  rejection: refusal.optional(),
  failure: z.object({ code: z.string(), reason: z.string(), service: z.string(), topic: z.string() }).optional(),
  refusedFeedback: refusal.optional().describe('A reviewer’s last answer that could not be used'),
});

const answered = z.union([pendingProblem, problemView]);
export const submitted = z.union([answered, z.object({ problems: z.array(answered).describe('In the order of the batch') })]);

export const problemList = z.object({
  problems: z.array(
    z.object({ id: z.string(), status, content: z.string(), code: z.string().optional(), level: z.enum(LEVELS).optional(), confidence: z.number().optional(), submittedAt: time.optional(), labeledAt: time.optional(), url }),
  ),
  next,
});

const { id, content, code, level, category, confidence, levelConfidence, alternatives, reasons, evidence, contested, revision, duplicateOf } = label.shape;
export const reviewList = z.object({
  problems: z.array(z.object({ id, url, content, code, level, category, confidence, levelConfidence, alternatives, reasons, evidence, contested, revision, duplicateOf })),
  next,
});

export const feedbackAccepted = z.union([z.object({ problem_id: z.string(), status: z.literal('accepted'), url }), problemView]);

export const curriculumTree = z.object({
  version: z.string(),
  levels: z.record(z.enum(LEVELS), bilingual),
  domains: z.array(
    z.object({
      대분류: z.enum(Object.keys(DOMAINS) as [Domain, ...Domain[]]),
      units: z.array(z.object({ 중분류: z.string(), gradeBand: z.enum(GRADE_BANDS), standards: z.array(z.object({ code, statement: z.string(), semesters: z.array(z.enum(SEMESTERS)) })) })),
    }),
  ),
});

export const deadLetterList = z.object({
  deadLetters: z.array(
    z.object({
      topic: z.string().describe('That it came from'), partition: z.int(), offset: z.int(), key: z.string().optional(), eventId: z.string().optional(), correlationId: z.string().optional(),
      service: z.string(), code: z.string(), reason: z.string(), stack: z.string().optional(), tries: z.int(), at: time, value: z.string(),
    }),
  ),
});
export const redriven = z.object({ redriven: z.int().describe('How many letters were put back') });

export const health = z.object({
  status: z.enum(['ready', 'starting', 'unwell']),
  training: z.number().min(0).max(1).optional().describe('Share done'),
  services: z.record(z.string(), z.object({ status: z.enum(['well', 'stalled', 'failed', 'starting']), held: z.int().optional(), active: z.int().optional(), stalledMs: z.number().optional(), overdue: z.int().optional() })),
  parts: z
    .record(z.string(), z.object({ status: z.enum(['unknown', 'up', 'down']), since: z.string(), reason: z.string().optional() }))
    .describe('The servers that it depends upon: kafka, mongodb, elasticsearch'),
});

export const problemDetails = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().describe('Stable, safe to match on'),
    errors: z.array(z.object({ index: z.int().optional(), line: z.int().optional(), field: z.string().optional(), code: z.string(), reason: bilingual })).optional(),
  })
  .describe('RFC 9457; in Korean, or in English where Accept-Language asks for it');
