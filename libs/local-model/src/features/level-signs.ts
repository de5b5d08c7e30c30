import { codePointLength } from '@math-labeler/problem-text';
import { type Reading } from './reading.js';

const DEMANDS = /설명|까닭|이유|왜|방법|여러 가지|두 가지|서로 다른|비교|판단|이야기|만들|옳은지|틀린|잘못|고쳐|과정|예상|제안|가장|모두|어떤 수|카드|조건/g;
const BLANKS = /□|\( \)/g;
const LENGTHS = [15, 25, 40, 60, 90, 130];
const SENTENCES = [2, 3, 4, 5];

/** Block `l`: signs of how much a problem asks: length, sentences, blanks, words of explaining, the question's ending, its numbers. */
export function levelSigns(reading: Reading): string[] {
  const { text, question } = reading.problem;
  const body = reading.plainBody;
  const { n, lim, main } = reading.signatureOf(body);
  const blanks = countOf(text, BLANKS);
  const sentences = text.split(/[.?!]\s|\n/).filter((sentence) => codePointLength(sentence.trim()) > 2).length;
  const length = codePointLength(text.replace(/\s/g, ''));
  const explains = /설명|까닭/.test(text);
  return [
    `len:${Math.min(Math.floor(length / 12), 16)}`,
    `ns:${Math.min(sentences, 7)}`,
    `nb:${Math.min(blanks, 4)}`,
    `opt:${text.includes('①') ? 1 : 0}${text.includes('㉠') ? 1 : 0}`,
    `q:${lastCharacters(question, 6)}`,
    text.includes('[') ? 'fig' : 'nofig',
    ...LENGTHS.filter((least) => length >= least).map((least) => `len>=${least}`),
    ...SENTENCES.filter((least) => sentences >= least).map((least) => `ns>=${least}`),
    ...(text.match(DEMANDS) ?? []).map((word) => `s:${word}`),
    ...[...reading.cuesIn(body)].map((cue) => `k:${cue}`),
    `n:${n}`,
    `g:${lim}`,
    `m:${main}`,
    `nn:${Math.min(countOf(body, /\d+/g), 9)}`,
    `end:${blanks > 0 && !explains ? 'blank' : 'x'}`,
  ];
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function lastCharacters(text: string, count: number): string {
  return [...text.slice(-2 * count)].slice(-count).join('');
}
