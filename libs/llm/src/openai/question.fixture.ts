import { type Question } from '../language-model.js';

/** A question of the size and form of the real ones: the schema enumerates what may be answered. */
export function question(sample = 0): Question {
  return {
    key: { problem: 'a'.repeat(64), prompt: 'p1', candidates: ['2수01-06', '4수01-04'], sample },
    purpose: 'first look',
    system: 'Answer in JSON.',
    user: '구슬 23개와 45개를 더하면 모두 몇 개인가요?',
    schema: {
      name: 'label',
      schema: { type: 'object', properties: { standard: { type: 'string', enum: ['1', '2'] } }, required: ['standard'], additionalProperties: false },
    },
    maxOutputTokens: 64,
  };
}
