/** Units, and quantities as they are written without a space: `1L200mL`. */
const QUANTITIES = /(?<![a-z])(?:\d{1,9}(?:\.\d{1,9})?\s?)?(?:mm|cm|km|m|ml|l|kg|mg|g|t)[23]?(?![a-z])/gi;
const WORD = /(?=\d{0,8}\p{Script=Latin})[\p{Script=Latin}\d]{3,}/gu;
/** ロ and 十 stand in problems as pictures of a box and a cross. */
const OTHER_SCRIPT = /(?![ロ口十])[^\P{L}\p{Script=Hangul}\p{Script=Latin}\p{Script=Greek}\p{Script=Common}]/gu;

const FEW = 4;

/** A problem holds units, names of points and an abbreviation at most: four words of another language are a sentence. */
export function isInAnotherLanguage(text: string): boolean {
  const letters = text.match(OTHER_SCRIPT)?.length ?? 0;
  const words = text.replace(QUANTITIES, ' ').match(WORD)?.length ?? 0;
  return letters >= FEW || words >= FEW;
}

const ENCODED: readonly RegExp[] = [
  /(?=[A-Z\d+/]{0,19}[a-z])(?=[a-z\d+/]{0,19}[A-Z])(?=[A-Za-z+/]{0,19}\d)[A-Za-z\d+/]{20}/,
  /\b(?=\d*[a-f])[\da-f]{16,}\b/i,
  /(?:\b(?=\d*[a-f])(?=[a-f]*\d)[\da-f]{3,4}\b.{0,12}){4}/i,
  /(?:%[\da-f]{2}){4}/i,
  /(?:\\u[\da-f]{4}){2}|(?:&#x?[\da-f]+;){2}/i,
  /(?=[-/ ]{0,40}\.)(?=[./ ]{0,40}-)(?:[.-]{1,5}[ /]+){8}/,
  /(?:\b[01]{8}\b\s*){3}/,
  /(?:\b[a-z] ){8}/,
  /(?=[ㄱ-ㅎ]{0,3}[ㅏ-ㅣ])(?=[ㅏ-ㅣ]{0,3}[ㄱ-ㅎ])[ㄱ-ㅎㅏ-ㅣ]{4}/,
];

/** Whether a text holds what must be decoded before it can be read. */
export function isEncoded(text: string): boolean {
  return ENCODED.some((pattern) => pattern.test(text));
}

/** The text without what disguises its letters: other forms of letters, marks on them, characters that are not seen, dots between syllables, long blanks. */
export function undisguised(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}|[\u0300-\u036f]|[^\P{C}\n]/gu, '')
    .replace(/(?<=[가-힣])[.·_*~-](?=[가-힣])/g, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n');
}
