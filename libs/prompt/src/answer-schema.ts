import { LEVELS } from '@math-labeler/curriculum';

/** How sure a model says it is. */
export const CERTAINTIES = ['high', 'medium', 'low'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

/** Says that none of the candidates fits. */
export const NONE = '0';

/**
 * The JSON Schema of an answer: each candidate's number with each level, and nothing else. Candidates go by their numbers, of one token each: the schema is
 * then the same for all problems (a new one costs seconds, and stands before everything that could be cached), and the number's token tells the
 * probability of every candidate. No limits of lengths and numbers: few providers keep them.
 */
export function answerSchema(candidates: number): Readonly<Record<string, unknown>> {
  const numbers = Array.from({ length: candidates }, (_, i) => String(i + 1));
  return {
    type: 'object',
    properties: {
      reason: { type: 'string' },
      standard: { type: 'string', enum: [...numbers, NONE] },
      level: { type: 'string', enum: [...LEVELS] },
      certainty: { type: 'string', enum: [...CERTAINTIES] },
    },
    required: ['reason', 'standard', 'level', 'certainty'],
    additionalProperties: false,
  };
}
