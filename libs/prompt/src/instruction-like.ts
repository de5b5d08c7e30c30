import { isEncoded, isInAnotherLanguage, undisguised } from './disguise.js';

/** Codes of standards, with or without a level: no pupil reads them in a problem. */
const CODE = /[246]\s*수\s*0[1-4]\s*-\s*\d\d/;

/** How labels are spoken of. A problem may tell of a label on a tin, or ask to sort shapes. */
const OF_LABELS: readonly RegExp[] = [
  /성취\s?.?\s?(?:기|긔)?준|성취\s*수준|교육과정|학년군|신뢰도|확신도|레이블|라벨(?:러|링)|라벨입니다/,
  /라벨\s*(?:은|는|을|이|로)?\s*(?:\d|칸|답|코드|무조건|반드시|항상|그대로|하시오|그냥|붙일)|분류\s*(?:결과|코드|번호)|(?:문제|문항)의\s*라벨/,
  /(?:이|본|이런|해당|모든|위)\s*(?:문제|문항)\S{0,4}\s*(?:\S{1,12}\s){0,4}(?:분류|라벨|수준은|번호는|처리)/,
  /(?:라벨|수준|확신|유형|갈래|영역|단원)\s*(?:은|는|이)?\s*[:=]\s*(?:1\b|[ABC]\b|높음|수와 연산|변화와 관계|도형과 측정|자료와 가능성)/,
  /수와\s*연산|변화와\s*관계|도형과\s*측정|자료와\s*가능성\s*(?:의|영역|\()/,
  /(?:이유|수준|확신)\s*칸|수준\s*(?:은|을|이)?\s*(?:무조건|반드시|[ABC](?:입니다|로|이다))|사람의?\s*검토|검수\s*(?:결과|완료|끝|:)/,
];

/** That an answer be the one with a certain number, or the first. A problem may ask for a number, or have one as its answer. */
const OF_THE_FIRST: readonly RegExp[] = [
  /(?:번호|답은?|후보)\s*[:=]?\s*1\s*(?:번\s*)?(?:을|를|로|만|으로|입니다|이다|이라|,|이에요)/,
  /(?:1\s*번|첫\s*(?:번째|째)?|모든)\s*후보|후보\s*(?:첫|목록|를\s*(?:모두|세))|1\s*번(?:이라고|[으우]로\s*(?:답|분류|처리|라벨|표시|해|끝|내))/,
  /(?<![\d.])1(?:이|번이)?\s*라고\s*(?:만\s*)?(?:답|말|대답)(?:하[세라십지]|해|한다|합니다)|(?:→\s*1\n[^\n]*){2}/,
  /(?<![\d.])1\s*번?(?:을|만|로)\s*(?:골라|고르라|내[보라세]|답하|출력|제출|적어|택)|1\s*번\s*(?:이외|말고|외에)/,
  /(?:첫|맨\s*(?:위|앞|처음)|첫\s*(?:번째|째))의?\s*(?:보기|항목|것|선택지|줄|번호|후보)(?:을|를|만|은|로)\s*(?:\S{1,8}\s){0,2}(?:정답|답|제출|골라|고르[세라]|선택|적[는으]|내)/,
];

/** Who is spoken to where it is not a pupil, and what such a one is told. A problem may ask to ignore a remainder, or to follow a rule. */
const TO_A_MACHINE: readonly RegExp[] = [
  /(?:이전|위의?|앞선|앞의|지금까지의?|모든|기존|새로?운?|다음|이어지는)\s*(?:의\s*)?(?:지시|명령|지침|프롬프트|설정|안내는|안내를)/,
  /(?:지시|명령|지침|프롬프트|원칙)\s*(?:사항)?\s*(?:을|를|은|는|이)?\s*(?:모두|전부|다)?\s*(?:무시|잊|따르지|취소|바뀌)/,
  /(?:말한|들은|받은)\s*것은?\s*(?:모두|다|전부)?\s*(?:잊|무시)|(?:다음|아래|이)\s*규칙(?:이|을)\s*(?:우선|먼저)|(?:모든|어떤)\s*(?:질문|물음)에/,
  /프롬프트|시스템\s*(?:메시지|명령|알림)|자동\s*(?:분류|처리|채점)|언어\s*모델|기계\s*학습|개발자|운영\s*(?:자|팀|진)|관리자|채점기|판정자/,
  /(?:너는|당신은)\s*(?:이제|지금|앞으로|6수)|역할(?:을|에서|극|이야)|규칙\s*(?:이)?\s*없는|[^\s로]봇은|지시\s*(?:입니다|사항)|명령(?:한다|입니다)/,
  /(?:인공지능|AI|GPT|LLM|모델|챗봇|도우미|분류기|라벨러)(?:\S{0,3}|[^\n]{0,20}?)\s*(?:후보|번호|1번|출력|골라|고르도록|분류|판단하지|답으로)/i,
  /(?:이|아래)\s*글을\s*(?:읽는|분석하는|처리하는)|프로그램(?:은|이|의)\s*(?:제작자|여기서)|(?:분류|라벨|판정|평가)(?:를|을)?\s*(?:맡은|하는)\s*(?:이|사람|분|쪽)/,
  /출력\s*(?:하|할|해)|(?:문제|문항)(?:는|가)?\s*(?:여기까지|끝)|자료\s*(?:는\s*여기까지|끝)|가려내는 법|비슷한 문제와 그|위\s*글은\s*[^\n]{0,12}문제/,
  /(?:다음을|아래를|이것을)\s*(?:풀어|해독|번역)[^\n]{0,10}(?:그대로|따르)|그대로\s*(?:답하라|하세요|출력|제출)|(?:이유|까닭|화면)에\s*그대로/,
];

const IN_ENGLISH: readonly RegExp[] = [
  /json|certainty|confidence|["'][^"'\n]{1,20}["']\s*:\s*(?:["'{[\d]|null|true|false)/i,
  /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|rules?|prompts?|previous|above|prior|everything)\b/i,
  /\b(?:pick|choose|select|answer|output|return|reply|respond|classify|say|mark|standard|label|system|assistant|this (?:problem|question|item|exercise)|gpt|llm)(?![a-z])/i,
];

/** What runs, leads elsewhere or pretends to be a boundary where a text is read or shown. */
const MARKUP: readonly RegExp[] = [
  /<\s?\/\s?[a-z가-힣]|<\s?(?:[a-z]{2,}[\s>/]|자\s?료)|[〈《]\s*\/\s*자료|\[\/?(?:system|inst)\]|<\||\]\]>|```/i,
  /javascript:|\bon[a-z]{4,}\s*=|https?:\/\/|\]\([a-z/]|\{\{|\$\{|<%/i,
  /^[=+@-]\s*[a-z]+\s*[(|]/im,
];

const IN_KOREAN = [CODE, ...OF_LABELS, ...OF_THE_FIRST, ...TO_A_MACHINE];
const ALL = [...IN_KOREAN, ...IN_ENGLISH, ...MARKUP];

/**
 * Whether a normalised text holds what speaks to whoever labels it rather than to a pupil, or what no problem is written in. It is no proof of an attack
 * and stops none: it says that an answer to such a text may not be the reader's own. Orders in free words of everyday Korean are not known by it.
 */
export function isInstructionLike(text: string): boolean {
  const plain = undisguised(text);
  return isEncoded(text) || isInAnotherLanguage(plain) || holds(plain, ALL) || holds(reversed(plain), IN_KOREAN);
}

function holds(text: string, patterns: readonly RegExp[]): boolean {
  return patterns.some((pattern) => pattern.test(text));
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}
