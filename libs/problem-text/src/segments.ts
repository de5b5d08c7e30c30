const QUOTED_FIGURE_MIN = 3;
/** Shorter than this, what is left is not a text, and the whole is taken instead. */
const MIN_TEXT = 8;
const MIN_BODY = 6;
const FIRST_LABEL = /(?:^|\s)㉠(?!과|에|은|의|이|을|와|,)/;

/** A text without what stands in brackets (`[그림: …]`, `[보기] …`), a space in its place. */
export function removeFigures(text: string): string {
  let result = '';
  let from = 0;
  for (let open = text.indexOf('['); open >= 0; ) {
    const end = bracketEnd(text, open);
    if (text[end] === ']' && end - open - 1 >= QUOTED_FIGURE_MIN) {
      result += `${text.slice(from, open)} `;
      from = end + 1;
      open = text.indexOf('[', from);
    } else {
      // Within reach of a line end or of nothing, no later bracket before it can close either.
      open = text.indexOf('[', text[end] === ']' ? open + 1 : end);
    }
  }
  return from === 0 ? text : result + text.slice(from);
}

/** Index of the next `]` or line end, or the length of the text. */
function bracketEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && text[end] !== ']' && text[end] !== '\n') end++;
  return end;
}

/** The text without figures, or the whole text if next to nothing would be left. */
export function withoutFigures(text: string): string {
  const rest = removeFigures(text);
  return codePointLength(rest.trim()) < MIN_TEXT ? text : rest;
}

/** What is asked, and the options to choose from (from ① on, or from a list that begins with ㉠). */
export interface Body {
  readonly body: string;
  readonly options: string;
}

/** Cuts the options off; a text of nothing but options is all body. */
export function splitBody(text: string): Body {
  const firstOption = text.indexOf('①');
  const untilOptions = firstOption < 0 ? text : text.slice(0, firstOption);
  const label = FIRST_LABEL.exec(untilOptions);
  const isList = label !== null && untilOptions.lastIndexOf('㉡') >= label.index + label[0].length;
  const body = isList ? untilOptions.slice(0, label.index) : untilOptions;
  return codePointLength(body.trim()) < MIN_BODY ? { body: text, options: '' } : { body, options: text.slice(body.length) };
}

/** The last sentence of the body, without figures and options: what is asked. */
export function questionOf(text: string): string {
  const sentences = splitBody(removeFigures(text)).body.split(/(?<=[.?!])\s+|\n/);
  return sentences.findLast((sentence) => codePointLength(sentence.trim()) > 3) ?? text;
}

/** Length in code points: an emoji counts once. */
export function codePointLength(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) length--;
  }
  return length;
}
