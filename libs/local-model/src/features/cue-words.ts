/**
 * Words that tell what is asked, by idea. The names are part of the model's feature strings. A run of non-blanks is bounded
 * (`\S{0,40}`) so that a long text without blanks stays linear; no Korean word is that long.
 */
const CUES = {
  add: /모두 (?:몇|얼마)|합[은이을계 ]|더하|더한|합하|합친|합쳐|합을|더 (?:받|샀|사 |왔|탔|타 |들어|놓|넣)|이어 붙|덧셈|늘어나|섞었|함께/,
  sub: /남[은는았습]|뺄|빼|뺐|차[는를가]|차이|보다 (?:몇|얼마)|나갔|먹었|팔았|썼|사용하고|내렸|내리고|거스름|줄어|잘라|덜어|날아갔|부었더니|더 (?:높|길|무거|많|깊)/,
  mul: /곱[은이을하한셈]|배[인는를가입의 ]|몇 배|씩 ?(?:\S{1,40} ){0,2}\S{0,40}(?:묶음|상자|봉지|줄|대|명|일|판|번|동안)/,
  div: /나누|나눈|나눗|나눌|똑같이|씩 ?(?:담|자르|나누|묶|포장|잘라|읽기|넣으려|포장)|몇 ?(?:봉지|상자|도막|묶음|모둠|며칠|병)|몫|나머지|나누어떨어|간격/,
  cmp: /크기를? ?비교|더 ?(?:큰|작은|많이|적게|가까운|먼|멀|오래|무거운|가벼운|긴|짧은|넓은)|가장 ?(?:큰|작은|많|적|먼|가까|긴|짧|무거|높|낮)|(?:큰|작은|긴|짧은|무거운|가벼운) ?(?:수|것|분수|소수)?부터|비교|누가 더|보다 ?(?:큰|작은|크고|작|크)/,
  seq: /뛰어|뛴|순서|차례대로 ?(?:세|쓰)|거꾸로|사이에 있는/,
  rule: /규칙|되풀이|반복|다음에 올|배열|째[에의 ]/,
  read: /읽[어으고는]|(?:라고|이라) ?(?:쓰|읽|씁)|수로 ?(?:쓰|나타)|숫자로/,
  place: /자리 ?(?:숫자|값|의)|숫자 ?\d|나타내는 (?:값|수)|자릿값/,
  est: /약 |어림|쯤|가까운|대략|정확히/,
  each: /씩/,
  times: /\d배|배만큼|배입|배[는가]/,
  frac_of: /전체의|의 \d+\/\d+|몇 ?분의 ?몇|분의/,
  story: /이야기|상황|지어/,
  why: /설명|까닭|이유|왜/,
  wrong: /잘못|틀린|틀렸|옳지|바르게 고|실수/,
  mistake: /어떤 수/,
  card: /카드/,
  oneexpr: /하나의 식|한 식|식을 쓰|식으로/,
  order: /먼저 계산|계산 순서|순서대로 계산|먼저|차례(?:대로|로) (?:계산|더|빼)|앞에서부터/,
  meas: /재어|재었|재는|잰|눈금|저울|자로|줄자|각도기/,
  unit: /단위/,
  conv: /나타내|같습니다|몇 (?:cm|mm|km|m|g|kg|L|mL|초|분|시간)/,
  area: /넓이/,
  perim: /둘레/,
  vol: /부피/,
  surf: /겉넓이/,
  cap: /들이/,
  wt: /무게/,
  len: /길이|거리|높이/,
  ratio: /비율|백분율|에 대한|의 비|비례|: ?/,
  avg: /평균/,
  poss: /가능성/,
  graph: /그래프/,
  table: /표[를로에의 ]|표입/,
  make: /만들|그리|그려|색칠/,
  find: /찾/,
  mean: /무엇이라|뜻/,
  dur: /동안|걸린|걸리/,
  tod: /시각|도착|출발/,
  day: /요일|며칠|오전|오후/,
  range: /이상|이하|초과|미만/,
  round: /올림|버림|반올림/,
  quot_frac: /분수로/,
  quot_dec: /소수로/,
  survey: /조사|알아보려|질문|탐구|자료를 모/,
  eqv: /등호|같은 (?:양|값)|양쪽/,
  share: /나누어 ?(?:가|갖|주|먹)/,
} as const satisfies Readonly<Record<string, RegExp>>;

export type Cue = keyof typeof CUES;

const ENTRIES = Object.entries(CUES) as [Cue, RegExp][];

/** The ideas whose words occur in a text, in a fixed order. */
export function cuesIn(text: string): ReadonlySet<Cue> {
  const found = new Set<Cue>();
  for (const [cue, words] of ENTRIES) if (words.test(text)) found.add(cue);
  return found;
}
