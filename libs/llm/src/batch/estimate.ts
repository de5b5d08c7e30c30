import { type Question } from '../language-model.js';
import { costOf, tokensOf } from '../ledger/cost.js';
import { type Price } from '../ledger/price-table.js';
import { countTokens } from '../tokens.js';

/** Questions whose tokens are counted; of the others it is known how long they are. */
const SAMPLE = 50;
/** Of an answer: a sentence and a code are about 120. */
const USUAL_OUTPUT = 200;

/** What questions will cost in a batch, in whole nano-dollars, as if nothing were in the provider's cache; 0 where the price is not known. */
export async function estimateBatch(questions: readonly Question[], price: Price | undefined): Promise<number> {
  if (price === undefined || questions.length === 0) return 0;
  const sample = questions.slice(0, SAMPLE);
  let counted = 0;
  for (const question of sample) counted += await countTokens(textOf(question));
  const perCharacter = counted / sample.reduce((sum, question) => sum + textOf(question).length, 0);
  const input = perCharacter * questions.reduce((sum, question) => sum + textOf(question).length, 0);
  const output = questions.reduce((sum, { maxOutputTokens }) => sum + Math.min(maxOutputTokens, USUAL_OUTPUT), 0);
  return costOf(tokensOf({ input, cachedInput: 0, output, reasoning: 0 }), price, 'batch');
}

function textOf({ system, user, schema }: Question): string {
  return system + user + JSON.stringify(schema.schema);
}
