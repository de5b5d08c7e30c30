export { extractKeywords } from './keywords.js';
export { normalise } from './normalise.js';
export { findPersonalData, maskPersonalData, type PersonalData, type PersonalDataPolicy, readText } from './personal-data.js';
export { coarseClass, digitsClass, fineClass } from './number-class.js';
export { analyse, ProblemText } from './problem-text.js';
export { type Body, codePointLength, questionOf, removeFigures, splitBody, withoutFigures } from './segments.js';
export { type Fraction, type FractionToken, isNumber, type NumberToken, type Token, type TokenKind, type WholeNumberToken, type WordToken } from './token.js';
export { tokenise } from './tokenise.js';
