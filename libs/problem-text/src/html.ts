import { decodeHTMLStrict } from 'entities';

/** Only known tags are tags: `3 < 5` and `□ < 7` are comparisons. */
const TAG =
  /<(\/?)(br|p|div|span|u|b|i|s|em|strong|sub|sup|ins|del|small|big|center|font|table|thead|tbody|tfoot|tr|td|th|caption|ul|ol|li|dl|dt|dd|hr|h[1-6]|img|a|pre|label|input|figure|figcaption|html|body|head|meta|style)(?=[\s/>])([^<>]*)>/gi;
const COMMENT_OPEN = '<!--';
const LINE_BREAKS = new Set(['br', 'p', 'div', 'table', 'tr', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'hr', 'caption', 'figure', 'pre', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
const ALT = /(?:^|\s)alt\s*=\s*(?:"([^"]*)"|'([^']*)')/i;
const EMPTY_UNDERLINE = /<u>(?:&nbsp;|[\s_\u00a0\u3000])*<\/u>/gi;
const SUPERSCRIPT = /<sup>\s*([23°o])\s*<\/sup>/gi;

/**
 * HTML as a reader would see it in plain text: lines for breaks and rows, ` | ` between table cells, `[그림: …]` for a described
 * image, □ for an empty underline; entities become their characters. Text without HTML comes back unchanged.
 */
export function htmlToText(text: string): string {
  let result = text;
  if (result.includes('<')) {
    const tagged = withoutComments(text);
    const plain = tagged
      .replace(EMPTY_UNDERLINE, '□')
      .replace(SUPERSCRIPT, (_, mark: string) => (mark === '2' ? '²' : mark === '3' ? '³' : '°'))
      .replace(TAG, (_, closing: string, name: string, attributes: string) => tagToText(name.toLowerCase(), closing === '/', attributes));
    result = plain === tagged ? tagged : tidyLines(plain);
  }
  return result.includes('&') ? decodeHTMLStrict(result) : result;
}

/** Without the separators before a row's first cell and the empty lines between one block and the next. */
function tidyLines(text: string): string {
  return text.replace(/(^|\n)[ \t]*\|[ \t]*/g, '$1').replace(/\n[ \t]*(?:\n[ \t]*)+/g, '\n');
}

function tagToText(name: string, closing: boolean, attributes: string): string {
  if (name === 'img') {
    const alt = ALT.exec(attributes);
    const description = (alt?.[1] ?? alt?.[2] ?? '').replace(/[[\]]/g, ' ').trim();
    return description === '' ? '[그림]' : `[그림: ${description}]`;
  }
  if (name === 'td' || name === 'th') return closing ? '' : ' | ';
  return LINE_BREAKS.has(name) ? '\n' : '';
}

function withoutComments(text: string): string {
  let result = '';
  let from = 0;
  for (let open = text.indexOf(COMMENT_OPEN); open >= 0; open = text.indexOf(COMMENT_OPEN, from)) {
    const close = text.indexOf('-->', open);
    if (close < 0) break;
    result += text.slice(from, open);
    from = close + 3;
  }
  return result + text.slice(from);
}
