import { type TokenKind } from '@math-labeler/problem-text';
import { type Facts, gatherFacts, type Operation } from './consistency-facts.js';
import { type Reading } from './reading.js';

/**
 * The standards that a problem's operations, kinds of numbers and units are consistent with. A sign, not a proof: sure of
 * what is written (a sum of unlike fractions), a guess where only words tell.
 */
export function consistentStandards(reading: Reading): Set<string> {
  const facts = gatherFacts(reading);
  const checks = [numberChecks, sequenceChecks, quantityChecks, ratioChecks, rangeChecks];
  return new Set(checks.flatMap((check) => check(facts)));
}

/** Block `r`. */
export function consistencyFeatures(reading: Reading): string[] {
  return [...consistentStandards(reading)].map((code) => `R:${code}`);
}

function numberChecks(facts: Facts): string[] {
  const { kinds } = facts.signature;
  if (kinds.includes('F')) return fractionChecks(facts);
  if (kinds.includes('D')) return decimalChecks(facts);
  return kinds.includes('I') ? wholeNumberChecks(facts) : [];
}

function fractionChecks({ signature, operators, operations, body, addsOrSubtracts, multipliesOrDivides, toldSum, has }: Facts): string[] {
  const codes: string[] = [];
  const unlike = signature.den === '!=';
  if (signature.kinds.includes('D') && operators.size === 0) codes.push('6수01-12');
  if ((addsOrSubtracts || toldSum) && !multipliesOrDivides) codes.push(unlike ? '6수01-08' : '4수01-15');
  if (operators.has('×')) codes.push('6수01-09');
  if (operators.has('÷')) codes.push(divisions(operations).some(({ left, right }) => isFraction(left.kind) || isFraction(right.kind)) ? '6수01-11' : '6수01-10');
  if (operators.size > 0) return codes;
  if (has('cmp')) codes.push(unlike ? '6수01-07' : '4수01-11');
  else if (has('div', 'share')) codes.push('6수01-11');
  if (/\d\/\d+ ?(?:배|만큼)|의 \d+\/\d/.test(body)) codes.push('6수01-09', '4수01-09');
  return codes;
}

function decimalChecks({ signature, operators, operations, addsOrSubtracts, multipliesOrDivides, toldSum, rounds, has }: Facts): string[] {
  const codes: string[] = [];
  if (operators.has('×') || has('times')) codes.push('6수01-13');
  if (operators.has('÷')) codes.push(divisions(operations).some(({ left, right }) => left.kind === 'decimal' || right.kind === 'decimal') ? '6수01-15' : '6수01-14');
  if (addsOrSubtracts && !multipliesOrDivides) codes.push('4수01-16');
  if (operators.size > 0) return codes;
  if (has('cmp') && !has('sub')) codes.push('4수01-14');
  if (toldSum) codes.push('4수01-16');
  if (has('read', 'place')) codes.push(signature.dec === 'd1' ? '4수01-12' : '4수01-13');
  if (has('div', 'each') && !rounds) codes.push('6수01-15');
  return codes;
}

function wholeNumberChecks(facts: Facts): string[] {
  if (facts.estimates || facts.rounds) return [];
  return facts.operators.size > 0 ? writtenCalculationChecks(facts) : wordProblemChecks(facts);
}

function writtenCalculationChecks(facts: Facts): string[] {
  const { operators, operations, addsOrSubtracts, multipliesOrDivides, mostMixed, has } = facts;
  if (mostMixed >= 2 && multipliesOrDivides) return ['6수01-01'];
  if (!multipliesOrDivides) return additionChecks(facts);
  const wholes = operations.filter(({ left, right }) => left.kind === 'integer' && right.kind === 'integer');
  if (operators.has('÷')) {
    if (has('quot_dec')) return ['6수01-14'];
    if (has('quot_frac')) return ['6수01-10'];
    return divisions(wholes).flatMap(({ left, right }) => wholeDivision(left.value as number, right.value as number));
  }
  if (addsOrSubtracts || wholes.length === 0) return [];
  const inTimesTable = wholes.every(({ left, right }) => (left.value as number) <= 9 && (right.value as number) <= 9);
  return inTimesTable ? ['2수01-11', '2수01-10'] : ['4수01-04'];
}

function additionChecks({ operations, longest, largest, second }: Facts): string[] {
  if (longest >= 2 && largest <= 100) return ['2수01-08'];
  if (largest >= 100 && second >= 100) return ['4수01-03'];
  if (largest > 100) return [];
  const seeksOperand = operations.some(({ left, right }) => left.kind === 'blank' || right.kind === 'blank');
  return ['2수01-06', '2수01-07', ...(seeksOperand ? ['2수01-09'] : []), ...(largest <= 18 ? ['2수01-05'] : [])];
}

function wholeDivision(dividend: number, divisor: number): string[] {
  if (divisor === 0) return [];
  if (divisor >= 10) return ['4수01-07'];
  return dividend % divisor === 0 && dividend / divisor <= 9 ? ['4수01-05'] : ['4수01-06'];
}

function wordProblemChecks(facts: Facts): string[] {
  const { largest, body, measured, has } = facts;
  const codes: string[] = [];
  if (!measured) {
    codes.push(...toldCalculationChecks(facts));
    if (has('cmp') && !has('add', 'sub', 'mul', 'div', 'graph', 'table', 'area', 'card')) codes.push(largest >= 10000 ? '4수01-02' : '2수01-03');
    if (has('read', 'place') && !has('cmp')) codes.push(largest >= 10000 || /[만억조]/.test(body) ? '4수01-01' : largest > 0 && largest <= 100 ? '2수01-01' : '2수01-02');
  }
  if (facts.signature.kinds === 'I' && has('div', 'share')) {
    if (has('quot_frac')) codes.push('6수01-10');
    if (has('quot_dec')) codes.push('6수01-14');
  }
  return codes;
}

function toldCalculationChecks({ toldSum, largest, second, integers, multiDigit, body, has }: Facts): string[] {
  const codes: string[] = [];
  if (toldSum) {
    if (largest >= 100 && second >= 100 && largest < 2000) codes.push('4수01-03');
    else if (largest <= 100 && !has('cmp', 'seq', 'rule')) codes.push('2수01-06', ...(integers >= 3 ? ['2수01-08'] : largest < 19 ? ['2수01-05'] : []));
  }
  if (has('each') && /모두 몇|얼마/.test(body) && !has('share', 'frac_of')) codes.push(largest <= 9 ? '2수01-11' : '4수01-04');
  if (has('div', 'share') && !has('ratio', 'frac_of')) {
    if (has('quot_frac')) codes.push('6수01-10');
    else if (has('quot_dec')) codes.push('6수01-14');
    else if (multiDigit >= 2) codes.push('4수01-07');
    else if (integers > 0) codes.push('4수01-05', '4수01-06');
  }
  return codes;
}

function sequenceChecks({ sequences }: Facts): string[] {
  const codes: string[] = [];
  if (sequences.has('STEP:pow10') || sequences.has('STEP:1')) codes.push(sequences.has('SEQ:i5') ? '4수01-02' : '2수01-03');
  if (sequences.has('STEP:ratio') || sequences.has('STEP:none')) codes.push('4수02-01');
  if (sequences.has('STEP:small')) codes.push('2수02-01', '4수02-01');
  return codes;
}

/** Capacity, weight, length and time by their units. */
function quantityChecks({ text, signature, addsOrSubtracts, estimates, has }: Facts): string[] {
  const codes: string[] = [];
  const sums = addsOrSubtracts || has('add', 'sub');
  const wholeAmounts = !signature.kinds.includes('D') && !signature.kinds.includes('F');
  if (wholeAmounts && /(?:\d|몇) ?m?L/.test(text)) codes.push(estimates ? '4수03-17' : sums ? '4수03-19' : '4수03-18');
  if (wholeAmounts && /\d ?(?:kg|g(?![a-z]))/.test(text) && !/(?:\d|몇) ?t(?![a-z])/.test(text)) codes.push(estimates ? '4수03-20' : sums ? '4수03-23' : '4수03-21');
  if (/[\d□] ?t(?![a-z])/.test(text)) codes.push('4수03-22');
  if (/\d ?m ?\d+ ?cm|몇 ?m ?몇 ?cm/.test(text)) codes.push(sums ? '2수03-13' : '2수03-11');
  if (/\d ?cm ?(?:\d+|□) ?mm|\d ?km ?(?:\d+|□) ?m(?![m²])|몇 ?cm ?몇 ?mm|몇 ?km ?몇 ?m/.test(text)) codes.push('4수03-16');
  if (/\d ?초|몇 초/.test(text) && !text.includes('초과')) codes.push(sums || has('tod') ? '4수03-14' : '4수03-13');
  return codes;
}

function ratioChecks({ text }: Facts): string[] {
  if (!/[\d□] ?: ?[\d□]/.test(text)) return [];
  if (/(?:: ?[\d.□/]+ ?= ?[\d.□/]+ ?:)|비례식|간단한/.test(text)) return ['6수02-04'];
  return /나누어 (?:가|갖|주)|비례배분/.test(text) ? ['6수02-05'] : [];
}

/** Rounding, ranges and estimating. */
function rangeChecks({ signature, operators, unitless, estimates, rounds, has }: Facts): string[] {
  if (rounds) return ['6수01-03'];
  const codes = has('range') ? ['6수01-02'] : [];
  const calculates = operators.size > 0 || has('add', 'sub', 'mul', 'div', 'each');
  return estimates && signature.kinds === 'I' && calculates && unitless ? [...codes, '4수01-08'] : codes;
}

function divisions(operations: readonly Operation[]): Operation[] {
  return operations.filter(({ operator }) => operator === '÷');
}

function isFraction(kind: TokenKind): boolean {
  return kind === 'fraction' || kind === 'mixed';
}
