import { type PersonalDataRules } from './personal-data-rule.js';

const DASH = '[-–—−]';
/** A decimal, a longer number or a hexadecimal id goes on before or behind. */
const STARTS = String.raw`(?=[+(\d])(?<![0-9a-f_]|\d[.,]|[0-9a-f]${DASH})`;
const ENDS = String.raw`(?![0-9A-Za-z_]|[.,]\d|${DASH}[0-9a-f])`;

const BIRTHDAY = String.raw`\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])`;
/** 1 to 4 are of Koreans, 5 to 8 of foreigners; often its end is starred already, and birthday and sex are still there. */
const SERIAL = String.raw`[1-8](?:\d{6}|[*●]{6})`;

/** `010`, `+82 10`, `(010)`: what stands before the last seven or eight digits. */
const abroad = (area: string): string => String.raw`\+?82[ .-]{0,2}(?:\(0\)|0)?(?:${area})`;
const prefix = (area: string): string => String.raw`(?:${abroad(area)}|\(0(?:${area})\)|0(?:${area}))`;
const MOBILE = prefix('1[016789]');
const AREA = prefix(String.raw`2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|80|50\d`);
const GAP = String.raw` {0,2}(?:[.)]|${DASH})? {0,2}`;
const CLEAR_GAP = String.raw`(?:(?<=\)) {0,2}| {1,2}| {0,2}(?:[.)]|${DASH}) {0,2})`;
/** A sum is no phone number, whatever its numbers begin with. */
const NO_SUM = String.raw`(?! {0,2}[=×÷+])`;
const PHONE_LABEL = '(?:전화|전화번호|연락처|휴대폰|핸드폰|휴대전화|팩스|비상연락망|[Tt][Ee][Ll]|[Ff][Aa][Xx]|H\\.?P)';

const DIGITS_APART = String.raw`\d{3} {0,2}(?:[.)]|${DASH})? {0,2}\d{4}`;

export const NUMBER_RULES: readonly PersonalDataRules[] = [
  {
    clue: new RegExp(`${DIGITS_APART}|[*●]{6}|학번`),
    rules: [
      { kind: 'residentNumber', pattern: new RegExp(`(${STARTS})(${BIRTHDAY} ?${DASH} ?${SERIAL})(?![0-9*●]|[.,]\\d|${DASH}\\d)`, 'g'), accepts: isBirthday },
      { kind: 'residentNumber', pattern: new RegExp(`((?:주민 ?(?:등록)? ?번호|외국인 ?(?:등록)? ?번호|거소 ?신고 ?번호)[은는이가]? ?[:：]? ?)(${BIRTHDAY} ?${SERIAL})(?![0-9*●])`, 'g'), accepts: isBirthday },
      { kind: 'residentNumber', pattern: new RegExp(`(${STARTS})(${BIRTHDAY} ?${SERIAL})${ENDS}`, 'g'), accepts: (match) => isBirthday(match) && !isNumeral(match) },
      { kind: 'phone', pattern: new RegExp(`(${STARTS})(${MOBILE}${GAP}\\d{3,4}${GAP}\\d{4})${ENDS}${NO_SUM}`, 'g') },
      { kind: 'phone', pattern: new RegExp(`(${STARTS})(${AREA}${CLEAR_GAP}\\d{3,4}${CLEAR_GAP}\\d{4})${ENDS}${NO_SUM}`, 'g') },
      { kind: 'phone', pattern: new RegExp(`(${PHONE_LABEL}(?: ?[:：.] ?| ))(\\d{3,4}(?:[. ]|${DASH})\\d{4})${ENDS}${NO_SUM}`, 'g') },
      { kind: 'pupilNumber', pattern: /(학번 ?[:：]? ?)(\d{4,10})(?!\d|[은는이가을를인의])/g },
    ],
  },
  {
    clue: /@/,
    rules: [
      // Normalising makes a blank of two underscores and a power of a unit; both may stand in an address.
      { kind: 'email', pattern: /((?<![A-Za-z0-9._%+□²³-]))([A-Za-z0-9._%+□²³-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24})(?![A-Za-z0-9])/g },
    ],
  },
];

const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isBirthday({ 2: data }: RegExpExecArray): boolean {
  return Number(data.slice(4, 6)) <= LONGEST_MONTHS[Number(data.slice(2, 4)) - 1];
}

const NUMERAL_ENDS = /^ ?(?:[은는이가을를의에와과]|보다|에서|원|명|개|번째|[+×÷=<>○~-])/;

/** Whether thirteen digits are a number that a problem is about: round, calculated with, or with a particle or a unit behind it. */
function isNumeral({ 0: whole, 2: data, index, input }: RegExpExecArray): boolean {
  const end = index + whole.length;
  return data.endsWith('000') || NUMERAL_ENDS.test(input.slice(end, end + 4));
}
