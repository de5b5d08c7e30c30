const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;
const INVISIBLE = /[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufffe\uffff]|[\u{e0000}-\u{e0fff}]/gu;
const LONE_SURROGATES = /\p{Surrogate}/gu;
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const FULL_WIDTH = /[\uff01-\uff5e]/g;

/**
 * Brings the code points of a text into one form: Hangul composed (NFC), full-width ASCII narrowed, one kind of space, lines
 * ended by `\n`; lone surrogates, control and invisible characters are dropped. Not NFKC: that would turn ① into 1 and ½ into 1⁄2.
 */
export function repairUnicode(text: string): string {
  return text
    .replace(LONE_SURROGATES, '')
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(CONTROLS, '')
    .replace(INVISIBLE, '')
    .replace(SPACES, ' ')
    .replace(FULL_WIDTH, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
}
