/** Codes of standards, with or without a level: no pupil reads them in a problem. */
const CODE = /[246]\s*수\s*0[1-4]\s*-\s*\d\d/;

/** What speaks to a machine and not to a pupil; a problem may ask to ignore a remainder or to answer with a number. */
const SPOKEN_TO_A_MACHINE = [
  /성취\s*(?:기준|수준)/,
  /(?:이전|위의?|앞선|지금까지의?|모든|기존)\s*(?:의\s*)?(?:지시|명령|지침|규칙|프롬프트|설정|안내)/,
  /(?:지시|명령|지침|프롬프트)\s*(?:사항)?\s*(?:을|를|은|는)?\s*(?:모두|전부|다)?\s*(?:무시|잊|따르지)/,
  /시스템\s*(?:프롬프트|메시지|명령)|너는\s*이제|당신은\s*이제|역할을?\s*(?:바꾸|맡)|개발자\s*모드|관리자\s*(?:모드|권한)/,
  /(?:라벨|레이블|분류\s*(?:결과|코드))\s*(?:은|는|을|를|로)?\s*(?:반드시|무조건|항상|꼭|답하)/,
  /json|certainty|confidence|<\/?(?:system|assistant|user|자료|instructions?)\b|\[\/?(?:system|inst)\]|<\|/i,
  /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|rules?|prompts?|previous|above|prior|everything)\b/i,
  /\b(?:you are now|act as|pretend|system prompt|developer mode|jailbreak|new instructions?|respond with|answer with|output only|reply with|classify (?:this|it)|label (?:this|it))\b/i,
];

/**
 * Whether a text holds what speaks to whoever labels it rather than to a pupil. It is no proof of an attack and stops none: an answer to such a text
 * counts only where other voters say the same.
 */
export function isInstructionLike(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/[^\P{C}\n]/gu, '');
  return CODE.test(plain) || SPOKEN_TO_A_MACHINE.some((pattern) => pattern.test(plain));
}
