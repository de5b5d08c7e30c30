import { isOnlyEnding, isVerbal, withoutParticles } from './korean-endings.js';
import { actionOf, isStopWord, termAtStart, termsInside } from './keyword-words.js';
import { analyse } from './problem-text.js';
import { isNumber, type Token } from './token.js';
import { tokenise } from './tokenise.js';

const MAX_KEYWORDS = 10;
const MAX_NUMBERS = 4;
const OPERATIONS: Readonly<Record<string, string>> = { '+': '덧셈', '-': '뺄셈', '×': '곱셈', '÷': '나눗셈' };
const TIME = /^(?:시간|시|분|초)(?![가-힣])|^(?:시간|시|분|초)(?=[은는이가을를의에로와과까부동])/;
/** `100 이하의 수`: what limits the number is said by the number; `100 이하인 수` is about the limit. */
const LIMIT = /^(?:이상|이하|초과|미만)의$/;
/** Terms of one syllable are words of their own only with a particle that cannot be part of another word. */
const SHORT_TERM_ENDING = /^(?:|[은는이가을를의에로와과도만]|으로|에서|보다|부터|까지|입니다|입니까|인)$/;
/** `각 상황`: before a noun it means "each"; the angle has a particle. */
const EACH = '각';
const UNSPACED = 7;
/** `나올 수 있는`: what can be, not a number. */
const ABILITY = /^[있없]/;

interface Keyword {
  readonly text: string;
  /** Mathematical, rather than a thing the story is about. */
  readonly mathematical: boolean;
}

/**
 * What a problem is about, for people and for search: numbers, units, mathematical terms, actions as nouns (읽고 → 읽기) and
 * the things of the story; distinct, in order of first appearance, at most ten. Figures and options count only where there is
 * nothing else.
 */
export function extractKeywords(raw: string): string[] {
  const problem = analyse(raw);
  const keywords = keywordsIn(tokenise(problem.body));
  return mostTelling(keywords.length > 0 ? keywords : keywordsIn(problem.tokens));
}

function keywordsIn(tokens: readonly Token[]): Keyword[] {
  const found = new Map<string, Keyword>();
  let numbers = 0;
  for (const [i, token] of tokens.entries()) {
    if (isNumber(token) && !found.has(token.text) && ++numbers > MAX_NUMBERS) continue;
    for (const keyword of keywordsOf(token, tokens[i - 1], tokens[i + 1])) if (!found.has(keyword.text)) found.set(keyword.text, keyword);
  }
  return [...found.values()];
}

/** The first mathematical ones, then as many others as there is room for, in their order in the text. */
function mostTelling(keywords: readonly Keyword[]): string[] {
  let room = MAX_KEYWORDS - keywords.filter(({ mathematical }) => mathematical).length;
  return keywords
    .filter(({ mathematical }) => mathematical || room-- > 0)
    .slice(0, MAX_KEYWORDS)
    .map(({ text }) => text);
}

function keywordsOf(token: Token, before: Token | undefined, after: Token | undefined): Keyword[] {
  if (isNumber(token)) return token.kind === 'blankFraction' ? [] : [mathematical(token.text)];
  switch (token.kind) {
    case 'unit':
      return [mathematical(token.text)];
    case 'operator':
      if (token.text === '%' || token.text === '°') return [mathematical(token.text)];
      return isOperand(before) && isOperand(after) && token.text in OPERATIONS ? [mathematical(OPERATIONS[token.text])] : [];
    case 'hangul':
      if (token.text === '수' && after !== undefined && ABILITY.test(after.text)) return [];
      return before !== undefined && before.end === token.start && (isNumber(before) || before.kind === 'blank') ? counterKeywords(token.text) : wordKeywords(token.text);
    default:
      return [];
  }
}

/** Behind a number stands what it counts: only time and 배 say more than the number does. */
function counterKeywords(word: string): Keyword[] {
  const time = TIME.exec(word);
  if (time) return [mathematical(time[0])];
  if (word.startsWith('배') && isOnlyEnding(word.slice(1))) return [mathematical('배')];
  const term = termAtStart(word);
  return term !== undefined && term.length > 1 && isOnlyEnding(word.slice(term.length)) && !LIMIT.test(word) ? [mathematical(term)] : [];
}

function wordKeywords(word: string): Keyword[] {
  if (isStopWord(word) || LIMIT.test(word)) return [];
  const term = termAtStart(word);
  if (term !== undefined) {
    const rest = word.slice(term.length);
    const alone = term.length === 1 ? SHORT_TERM_ENDING.test(rest) && word !== EACH : isOnlyEnding(rest);
    if (alone) return [mathematical(term)];
  }
  const action = actionOf(word);
  if (action !== undefined) return [mathematical(action)];
  if (word.length >= UNSPACED) return termsInside(word).map(mathematical);
  if (isVerbal(word)) return [];
  const noun = withoutParticles(word);
  return noun.length < 2 || isStopWord(noun) || isVerbal(noun) ? [] : [{ text: noun, mathematical: false }];
}

function mathematical(text: string): Keyword {
  return { text, mathematical: true };
}

function isOperand(token: Token | undefined): boolean {
  return token !== undefined && (isNumber(token) || token.kind === 'blank' || token.kind === 'bracket' || token.kind === 'symbol' || token.kind === 'unit');
}
