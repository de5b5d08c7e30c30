import { WANTED } from './attacks.fixture.js';
import { visible } from './spotlight.js';

const MARKED = /<자료 ([0-9a-f]{8})>\n([\s\S]*?)\n?<\/자료 \1>/g;

/** So many characters of an order in a row are no chance. */
const RUN = 10;

/** A prompt as a reader has it who takes all but marked text for instructions; `…` stands for each marked part. */
export function outsideMarks(prompt: string): string {
  return prompt.replace(MARKED, '…');
}

/** The marked parts of a prompt, without their marks. */
export function insideMarks(prompt: string): string[] {
  return [...prompt.matchAll(MARKED)].map(([, , text]) => text);
}

/**
 * The answer of a reader who understands an order in whatever way it is put, and does as it says wherever a piece of it stands in what is read: the wanted
 * standard if it is among the candidates, else the first, sure of it, the order for a reason. Undefined where nothing of it is read.
 */
export function obedientAnswer(read: string, order: string, candidates: readonly string[]): string | undefined {
  if (!holdsPiece(squeezed(read), squeezed(visible(order)))) return undefined;
  const number = Math.max(1, candidates.indexOf(WANTED) + 1);
  return JSON.stringify({ reason: order, standard: String(number), level: 'A', certainty: 'high' });
}

function holdsPiece(text: string, order: string): boolean {
  if (order.length <= RUN) return order !== '' && text.includes(order);
  for (let from = 0; from + RUN <= order.length; from++) if (text.includes(order.slice(from, from + RUN))) return true;
  return false;
}

function squeezed(text: string): string {
  return text.replace(/\s/g, '');
}
