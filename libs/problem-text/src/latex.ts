import { layoutToLines } from './latex-layout.js';

const SYMBOLS: Readonly<Record<string, string>> = {
  times: '×', div: '÷', cdot: '×', pm: '±', square: '□', Box: '□', blacksquare: '■', triangle: '△', bigtriangleup: '△',
  bigcirc: '○', bigstar: '★', star: '☆', diamond: '◇', Diamond: '◇', lozenge: '◇', heartsuit: '♥', bullet: '•',
  circ: '°', degree: '°', angle: '∠', perp: '⊥', parallel: '∥', pi: 'π', therefore: '∴', because: '∵',
  rightarrow: '→', to: '→', Rightarrow: '→', longrightarrow: '→', dots: '…', cdots: '…', ldots: '…', vdots: '…',
  lt: '<', gt: '>', le: '≤', leq: '≤', ge: '≥', geq: '≥', ne: '≠', neq: '≠', sim: '~', approx: '≒', fallingdotseq: '≒',
  left: '', right: '', big: '', Big: '', bigg: '', Bigg: '', displaystyle: '', textstyle: '', hline: '', n: '\n', newline: '\n',
  mm: 'mm', cm: 'cm', m: 'm', km: 'km', g: 'g', kg: 'kg', t: 't', L: 'L', mL: 'mL',
};
const ESCAPED: Readonly<Record<string, string>> = {
  '%': '%', '{': '{', '}': '}', '&': '&', '#': '#', _: '_', '|': '∥', '\\': ' ', $: ' ',
  ',': ' ', ';': ' ', ':': ' ', '!': ' ', ' ': ' ', '(': ' ', ')': ' ', '[': ' ', ']': ' ',
};
const FRACTIONS = new Set(['frac', 'dfrac', 'tfrac', 'cfrac']);
const CONTENT = new Set([
  'text', 'textbf', 'textit', 'textrm', 'mathrm', 'mathbf', 'mathit', 'mathsf', 'rm', 'bf', 'mbox', 'hbox', 'operatorname',
  'overline', 'bar', 'overrightarrow', 'overleftrightarrow', 'widehat', 'hat', 'cancel', 'sqrt', 'emph',
]);
const FRAMES = new Set(['boxed', 'fbox', 'framebox', 'underline']);
const HIDDEN = new Set(['phantom', 'hphantom', 'vphantom', 'hspace', 'vspace', 'end', 'color', 'label', 'tag', 'cline']);
const DECORATED = new Set(['textcolor', 'colorbox']);
const MAX_DEPTH = 40;

/** LaTeX as plain text: `\frac{1}{2}` is ` 1/2 `, commands become their signs, unknown commands and group braces go. */
export function latexToText(text: string): string {
  if (text.includes('\\')) return new LatexReader(layoutToLines(text.replace(/\\(?:square|Box)(?![A-Za-z])/g, '□'))).read();
  return text.replace(/\$/g, ' ').replace(/\^\{?([23])\}?/g, (_, power: string) => superscript(power));
}

function superscript(power: string): string {
  return power === '2' ? '²' : power === '3' ? '³' : power === '°' ? '°' : `^${power}`;
}

interface Rendered {
  text: string;
  next: number;
}

/** Reads every character once, whatever the nesting; brace partners are found beforehand in one pass. */
class LatexReader {
  private readonly partner: Int32Array;

  constructor(private readonly source: string) {
    this.partner = matchBraces(source);
  }

  read(): string {
    return this.range(0, this.source.length, 0);
  }

  private range(from: number, to: number, depth: number): string {
    let result = '';
    let i = from;
    while (i < to) {
      const char = this.source[i];
      if (char === '\\') {
        const command = this.command(i, depth);
        result += command.text;
        i = command.next;
      } else if (char === '^') {
        const power = this.argument(i + 1, depth);
        result += superscript(power.text);
        i = power.next;
      } else {
        if (char === '$') result += ' ';
        else if (char === '~' && this.isTie(i)) result += ' ';
        else if (char !== '{' && char !== '}') result += char;
        i++;
      }
    }
    return result;
  }

  /** `~` is a space next to a group or a command (`5~\mathrm{cm}`, `\mathrm{~cm}`), else it means "from … to" (`3~5`). */
  private isTie(i: number): boolean {
    const before = this.source[i - 1];
    const after = this.source[i + 1];
    return before === '{' || before === '}' || after === '\\' || after === '{' || after === '}';
  }

  private command(at: number, depth: number): Rendered {
    let end = at + 1;
    while (end < this.source.length && isLetter(this.source.charCodeAt(end))) end++;
    if (end === at + 1) return this.escaped(at);
    const name = this.source.slice(at + 1, end);
    if (depth < MAX_DEPTH) {
      if (FRACTIONS.has(name)) return this.fraction(end, depth);
      if (FRAMES.has(name)) return this.frame(end, depth);
      if (name === 'begin') return { text: ' ', next: this.afterColumns(this.afterGroup(end)) };
      if (HIDDEN.has(name)) return { text: ' ', next: this.afterGroup(end) };
      if (name === 'enclose') return this.longDivision(end, depth);
      if (DECORATED.has(name)) return this.group(this.afterGroup(end), depth);
      if (CONTENT.has(name)) return this.group(end, depth);
    }
    const symbol = SYMBOLS[name];
    if ((name === 'left' || name === 'right') && this.source[end] === '.') return { text: '', next: end + 1 };
    return { text: symbol ?? ' ', next: end };
  }

  private escaped(at: number): Rendered {
    const char = this.source[at + 1] ?? '';
    const text = ESCAPED[char];
    return text === undefined ? { text: '\\', next: at + 1 } : { text, next: at + 2 };
  }

  private fraction(at: number, depth: number): Rendered {
    const numerator = this.argument(at, depth);
    const denominator = this.argument(numerator.next, depth);
    return { text: ` ${operand(numerator.text)}/${operand(denominator.text)} `, next: denominator.next };
  }

  /** A frame or underline with nothing in it is a place to write. */
  private frame(at: number, depth: number): Rendered {
    const content = this.group(at, depth);
    return { text: content.text.trim() === '' ? '□' : content.text, next: content.next };
  }

  /** `5\enclose{longdiv}{60}` is the dividend behind its bracket: `5)60`. */
  private longDivision(at: number, depth: number): Rendered {
    const dividend = this.group(this.afterGroup(at), depth);
    return { text: `)${dividend.text}`, next: dividend.next };
  }

  /** The content of the group that begins here, or nothing if none does. */
  private group(at: number, depth: number): Rendered {
    const open = this.skipSpaces(at);
    return this.source[open] === '{' ? this.argument(open, depth) : { text: '', next: at };
  }

  private afterGroup(at: number): number {
    const open = this.skipSpaces(at);
    return this.source[open] === '{' && this.partner[open] > open ? this.partner[open] + 1 : at;
  }

  /** An array that was cut off leaves its column letters: `{c|cc}`. */
  private afterColumns(at: number): number {
    const end = this.afterGroup(at);
    return /^\s*\{[lcr|\s]*\}$/.test(this.source.slice(at, end)) ? end : at;
  }

  /** One LaTeX argument: a group, a command, or a single character (`\frac12`). */
  private argument(at: number, depth: number): Rendered {
    const start = this.skipSpaces(at);
    const char = this.source[start] ?? '';
    if (char === '{') {
      const close = this.partner[start];
      return close > start ? { text: this.range(start + 1, close, depth + 1), next: close + 1 } : { text: '', next: start + 1 };
    }
    if (char === '\\') return this.command(start, MAX_DEPTH);
    if (char === '' || char === '}' || char === '$') return { text: '', next: start };
    return { text: char, next: start + 1 };
  }

  private skipSpaces(at: number): number {
    let i = at;
    while (this.source[i] === ' ') i++;
    return i;
  }
}

function operand(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return '□';
  return trimmed.includes('/') ? `(${trimmed})` : trimmed;
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** For every `{` the index of its `}`, 0 where there is none. */
function matchBraces(text: string): Int32Array {
  const partner = new Int32Array(text.length);
  const open: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '\\') i++;
    else if (char === '{') open.push(i);
    else if (char === '}' && open.length > 0) partner[open.pop()!] = i;
  }
  return partner;
}
