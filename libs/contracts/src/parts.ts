import { DOMAINS, type Domain, LEVELS } from '@math-labeler/curriculum';
import { z } from 'zod';

// What several events hold. Objects are open: a reader passes over what it does not know.

export const code = z.string().regex(/^\d수\d\d-\d\d$/).describe('Code of a standard of the 2022 curriculum, such as 2수01-01');
export const level = z.enum(LEVELS).describe('Achievement level, 성취수준');
const probability = z.number().min(0).max(1);
const position = z.string().min(1);

export const bilingual = z.object({ ko: z.string(), en: z.string() });

export const metadata = z.record(z.string(), z.unknown()).describe('Whatever the producer wants to have back; grade, semester and source are read too');

/** A problem as the pipeline carries it. */
export const problem = z.object({
  id: position.describe('The producer’s own; the key of every event about the problem'),
  content: z.string().describe('The text as it came'),
  text: z.string().describe('The text as it is read: normalised, and without personal data unless that is kept'),
  keywords: z.array(z.string()),
  metadata: metadata.optional(),
  duplicateOf: z.string().optional().describe('Id of an earlier problem that asks the same in the same words'),
});
export type Problem = z.infer<typeof problem>;

export const category = z.object({
  대분류: z.enum(Object.keys(DOMAINS) as [Domain, ...Domain[]]),
  중분류: z.string(),
  '하위 분류': z.string().describe('Standard and level, such as [2수01-01-A]'),
});

const standardEvidence = z.object({ code, score: z.number() });
const exampleEvidence = z.object({ id: z.string(), code, level, text: z.string(), score: z.number() });

/** What is known that is like the problem. */
export const evidence = z.object({
  standards: z.array(standardEvidence).describe('Standards whose own words are most like it, best first'),
  examples: z.array(exampleEvidence).describe('Solved examples most like it, best first'),
  candidates: z.array(z.object({ code, score: z.number() })).describe('What examples and standards together say for each standard, best first'),
  wordForWord: z.array(z.object({ code, examples: z.int().positive() })).describe('Standards whose examples hold the whole text word for word, and how many do'),
});
export type Evidence = z.infer<typeof evidence>;

const perStandard = z.array(z.number()).describe('One number for each standard of the curriculum, in the order of the codes');

/** One answer of a language model. */
export const llmAnswer = z.object({
  code: code.optional().describe('Absent: none of the candidates fits'),
  level,
  certainty: z.enum(['high', 'medium', 'low']).describe('As the model puts it'),
  probability: probability.optional().describe('Of the standard, by the tokens of the answer; absent where the provider tells none'),
  others: z.array(z.object({ code, probability })).optional().describe('What other candidates would have got in its place'),
  reason: z.string().describe('The model’s own words: data, one line without markup'),
});
export type LlmAnswer = z.infer<typeof llmAnswer>;

/** What a language model says, where there is one. */
export const llmVote = z.object({
  candidates: z.array(code).describe('What it could choose from at the first look'),
  first: z.array(llmAnswer).describe('Several where it was asked several times'),
  second: z.array(llmAnswer).describe('After an objection, over the few that were left'),
  absence: z.enum(['over budget', 'unavailable', 'late', 'misconfigured', 'refused', 'unusable']).optional().describe('Why an answer is missing'),
  suspect: z.boolean().optional().describe('The problem’s text seems to tell how it should be labelled'),
});
export type LlmVote = z.infer<typeof llmVote>;

/** What each voter says, whole: the confidence agent needs more than the favourites. */
export const votes = z.object({
  local: z.object({
    standards: perStandard.describe('Scores of the trained model; in the order of the codes'),
    levels: z
      .array(z.object({ code, a: z.number().describe('What speaks for level A'), aOrB: z.number().describe('What speaks for level A or B') }))
      .describe('For the standards in question: positive is yes'),
    familiarity: probability.describe('Share of the word stems that are known from training'),
  }),
  neighbours: perStandard.describe('Support of the similar examples, the best supported standard having 1'),
  checks: z.array(code).describe('Standards whose operations, kinds of numbers and units are those of the problem'),
  ceiling: probability.describe('The most that can be known from the text'),
  llm: llmVote.optional(),
});
export type VotesMessage = z.infer<typeof votes>;

export const versions = z
  .object({
    mathlabel: z.string(),
    taxonomy: z.string(),
    dataset: z.string(),
    model: z.string(),
    llm: z.string().optional().describe('The language model that voted'),
    prompt: z.string().optional().describe('Of what it was asked at the first look'),
  })
  .describe('Everything that made the label');
export type Versions = z.infer<typeof versions>;

export const contextNote = z.object({
  kind: z.enum(['told grade', 'source profile']),
  value: z.string().describe('The grade as it was told, or the shares of the grade bands in the source'),
  version: z.int().positive().optional().describe('Of a source’s profile: how many of its problems it was learnt from'),
  without: code.optional().describe('The standard that it would have been without the context, where that differs'),
});
export type ContextNote = z.infer<typeof contextNote>;

export const alternative = z.object({ code, probability });
export type Alternative = z.infer<typeof alternative>;

/** The label of one problem with how it came about: a line of the command line's output, and the heart of `problem.labeled.v1`. */
export const labelResult = z.object({
  id: position,
  content: z.string(),
  category,
  code,
  level,
  confidence: probability.describe('That the standard is right'),
  levelConfidence: probability.describe('That the level is right'),
  decision: z.enum(['accepted', 'corrected', 'review']).describe('accepted at the error target or by a reviewer, corrected by a reviewer, or for a person to review'),
  decidedBy: z.enum(['votes', 'second look', 'reviewer']),
  reasons: z.array(bilingual),
  alternatives: z.array(alternative).describe('The next best standards'),
  evidence: z.object({ standards: z.array(z.object({ code, statement: z.string(), score: z.number() })), examples: z.array(exampleEvidence) }),
  context: contextNote.optional(),
  metadata: metadata.optional(),
  versions,
});
export type LabelResult = z.infer<typeof labelResult>;

/** The standards that one voter favours. */
export const voterFavourites = z.object({ voter: z.string(), favourites: z.array(z.object({ code, score: z.number() })) });
export type VoterFavourites = z.infer<typeof voterFavourites>;
