import { type Token } from '@math-labeler/problem-text';
import { type Expression, expressionsIn, isArithmetic, isNumberKind, type Term } from './expressions.js';
import { sumNeeds } from './sum-needs.js';

const RELATIONS = '=<>:→…';
const PAIRED = '+-×÷:<>';
const SHAPE_LENGTH = 24;
const TYPED_SHAPE_LENGTH = 40;

/** Features of the written calculations: shape, operators, operand pairs, where the blank stands, what each sum needs. */
export function calculationFeatures(tokens: readonly Token[]): string[] {
  const features: string[] = [];
  const allOperators = new Set<string>();
  let calculations = 0;
  for (const expression of expressionsIn(tokens)) {
    const operators = expression.filter(isArithmetic).map(({ text }) => text);
    const relations = expression.filter(isRelation).map(({ text }) => text);
    if (operators.length === 0 && relations.length === 0) continue;
    calculations++;
    operators.forEach((operator) => allOperators.add(operator));
    features.push(...shapeFeatures(expression, operators, relations));
    for (let i = 1; i + 1 < expression.length; i++) {
      const { kind, text } = expression[i];
      if (kind !== 'operator' || !PAIRED.includes(text)) continue;
      const left = expression[i - 1];
      const right = expression[i + 1];
      features.push(`E:${left.sign}${text}${right.sign}`, `E1:${left.sign}${text}`, `E2:${text}${right.sign}`, ...sumNeeds(left, text, right));
    }
  }
  features.push(`OPSET:${sorted(allOperators)}`, `NEXPR:${Math.min(calculations, 3)}`);
  return features;
}

function shapeFeatures(expression: Expression, operators: readonly string[], relations: readonly string[]): string[] {
  const features = [
    `X:${expression.map((term) => (isNumberKind(term.kind) ? 'n' : term.sign)).join('').slice(0, SHAPE_LENGTH)}`,
    `XT:${expression.map(({ sign }) => sign).join('').slice(0, TYPED_SHAPE_LENGTH)}`,
  ];
  if (operators.length > 0) features.push(`OPS:${sorted(new Set(operators))}`, `NOPS:${Math.min(operators.length, 4)}`);
  if (operators.length > 1 && expression.some(({ kind }) => kind === 'bracket')) features.push('PAREN');
  for (const relation of new Set(relations)) features.push(`REL:${relation}`);
  const firstBlank = expression.findIndex(({ kind }) => kind === 'blank');
  if (operators.length > 0 && firstBlank >= 0) {
    const equals = expression.findIndex(({ text }) => text === '=');
    features.push(`BLANK:${equals < 0 ? 'noeq' : firstBlank > equals ? 'rhs' : 'lhs'}`);
  }
  return features;
}

function isRelation(term: Term): boolean {
  return term.kind === 'operator' && RELATIONS.includes(term.text);
}

function sorted(operators: ReadonlySet<string>): string {
  return [...operators].sort().join('');
}
