import { type Token } from '@math-labeler/problem-text';
import { type Cue } from './cue-words.js';
import { type Expression, expressionsIn, isArithmetic, type Term } from './expressions.js';
import { countableText, fillHiddenDigits, type NumberSignature } from './number-signature.js';
import { type Reading } from './reading.js';

/** One written operation with its operands. */
export interface Operation {
  readonly left: Term;
  readonly operator: string;
  readonly right: Term;
}

/** What the consistency checks look at. */
export interface Facts {
  readonly text: string;
  readonly body: string;
  readonly signature: NumberSignature;
  readonly operations: readonly Operation[];
  readonly operators: ReadonlySet<string>;
  readonly addsOrSubtracts: boolean;
  readonly multipliesOrDivides: boolean;
  /** Most operators, and most different operators, in one calculation. */
  readonly longest: number;
  readonly mostMixed: number;
  /** The two largest integers of the body (0 where there is none), how many there are, and how many of two digits or more. */
  readonly largest: number;
  readonly second: number;
  readonly integers: number;
  readonly multiDigit: number;
  /** A story that asks for a sum or a difference without writing an operator. */
  readonly toldSum: boolean;
  /** No unit but money. */
  readonly unitless: boolean;
  /** A unit, or a quantity of two units, in the text. */
  readonly measured: boolean;
  readonly estimates: boolean;
  readonly rounds: boolean;
  readonly sequences: ReadonlySet<string>;
  /** Whether any of the cue words is there. */
  readonly has: (...cues: Cue[]) => boolean;
}

const COMPOUND_QUANTITY = /(?:\d|□|\( \)|몇) ?(?:m|km|kg|L|cm|시간|분|시) ?(?:\d|□|\( \)|몇) ?(?:cm|m|g|mL|mm|분|초)/;
const NOT_PLAIN_SUMS: readonly Cue[] = ['mul', 'div', 'each', 'avg', 'ratio'];
/** Longer integers are identifiers or noise. */
const MAX_DIGITS = 13;

/** Gathers what the checks need from one problem. */
export function gatherFacts(reading: Reading): Facts {
  const { text, body, prose } = reading.problem;
  const { signature, cues } = reading;
  const filled = fillHiddenDigits(prose);
  const calculations = reading.sequencesIn(filled).length > 0 ? [] : expressionsIn(reading.tokensOf(filled));
  const written = calculations.map((expression) => ({ operations: operationsIn(expression), signs: expression.filter(isArithmetic).map((term) => term.text) }));
  const used = written.filter(({ operations }) => operations.length > 0);
  const operations = used.flatMap((calculation) => calculation.operations);
  const operators = new Set(operations.map(({ operator }) => operator));
  const integers = integersIn(reading.tokensOf(countableText(body))).sort((a, b) => b - a);
  const unitless = signature.dims === '-' || signature.dims === 'won';
  const has = (...asked: Cue[]) => asked.some((cue) => cues.has(cue));
  return {
    text,
    body,
    signature,
    operations,
    operators,
    addsOrSubtracts: operators.has('+') || operators.has('-'),
    multipliesOrDivides: operators.has('×') || operators.has('÷'),
    longest: used.reduce((most, { signs }) => Math.max(most, signs.length), 0),
    mostMixed: used.reduce((most, { signs }) => Math.max(most, new Set(signs).size), 0),
    largest: integers[0] ?? 0,
    second: integers[1] ?? 0,
    integers: integers.length,
    multiDigit: integers.filter((value) => value >= 10).length,
    toldSum: operations.length === 0 && has('add', 'sub') && !has(...NOT_PLAIN_SUMS),
    unitless,
    measured: !unitless || COMPOUND_QUANTITY.test(text),
    estimates: has('est'),
    rounds: has('round'),
    sequences: new Set(reading.sequences),
    has,
  };
}

function operationsIn(expression: Expression): Operation[] {
  const terms = expression.filter(({ kind }) => kind !== 'bracket');
  return terms.slice(1, -1).flatMap((term, i) => (isArithmetic(term) ? [{ left: terms[i], operator: term.text, right: terms[i + 2] }] : []));
}

function integersIn(tokens: readonly Token[]): number[] {
  return tokens.filter(({ kind, text }) => kind === 'integer' && text.length <= MAX_DIGITS).map(({ value }) => value as number);
}
