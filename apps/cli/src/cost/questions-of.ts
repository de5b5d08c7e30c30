import { firstQuestions } from '@math-labeler/labeler';
import { type Question } from '@math-labeler/llm';
import { type Problem } from '@math-labeler/problem-files';
import { readSettings } from '@math-labeler/service-kit';
import { openLabeler } from '../open-labeler.js';
import { type Session } from '../session.js';

/** What labelling these problems would ask at the first look. Nothing is asked. */
export async function* questionsOf(session: Session, problems: AsyncIterable<Problem>): AsyncGenerator<Question> {
  const { labeler } = await openLabeler(session, { unasked: true });
  const samples = readSettings(session.env).llm?.samples ?? 1;
  for await (const { text } of problems) {
    const reading = await labeler.read(text);
    yield* firstQuestions(reading.problem.text, reading.evidence, labeler.ranked(reading), labeler.curriculum, samples);
  }
}
