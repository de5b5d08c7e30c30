/** Terms of school mathematics that stay whole; a longer one wins over one that it begins with. */
const TERMS = `
수 자연수 홀수 짝수 자릿값 자릿수 자리 일의 자리 십 백 천 만 억 조 수직선 수 배열표 규칙 배열 대응 식 등호 덧셈식 뺄셈식 곱셈식 나눗셈식
덧셈 뺄셈 곱셈 나눗셈 혼합 계산 세로셈 가로셈 어림셈 곱셈구구 구구단 받아올림 받아내림 몫 나머지 나누어떨어 합 차 곱 배 검산 괄호
분수 진분수 가분수 대분수 단위분수 기약분수 분모 분자 통분 약분 공통분모 소수 소수점 약수 배수 공약수 공배수 최대공약수 최소공배수
이상 이하 초과 미만 올림 버림 반올림 어림 범위 비 비율 백분율 퍼센트 비례식 비례배분 기준량 비교하는 양 비의 성질
도형 평면도형 입체도형 선분 직선 반직선 곡선 각 직각 예각 둔각 각도 각도기 꼭짓점 변 면 모서리 밑변 밑면 옆면 높이 대각선 수직 수선 평행 평행선
삼각형 사각형 오각형 육각형 칠각형 팔각형 다각형 정다각형 정삼각형 정사각형 정오각형 정육각형 이등변삼각형 직각삼각형 예각삼각형 둔각삼각형 직각이등변삼각형
직사각형 정사각형 평행사변형 사다리꼴 마름모 원 원주 원주율 반지름 지름 중심 컴퍼스 부채꼴 합동 대칭 선대칭도형 점대칭도형 선대칭 점대칭 대칭축 대응점 대응변 대응각
직육면체 정육면체 전개도 겨냥도 각기둥 각뿔 삼각기둥 사각기둥 오각기둥 육각기둥 삼각뿔 사각뿔 오각뿔 육각뿔 원기둥 원뿔 구 쌓기나무 칠교판
길이 거리 둘레 넓이 부피 겉넓이 들이 무게 시각 시간 시계 달력 오전 오후 요일 날짜 단위 단위길이 저울 눈금 그릇
자료 표 그래프 그림그래프 막대그래프 꺾은선그래프 띠그래프 원그래프 항목 조사 분류 기준 평균 가능성 확률 모눈 점판 무늬 쌓기 순서 크기 간격 모양 가로 세로`
  .split(/\s+/)
  .filter((term) => term !== '')
  .sort((a, b) => b.length - a.length);

/** Verbs of mathematical action by the ways their forms begin, and the noun that people search for. */
const ACTIONS: readonly (readonly [RegExp, string])[] = [
  [/^읽[어으고기는]/, '읽기'],
  [/^(?:더하|더한|더해|더할|합하|합한|합해|합치|합쳐)/, '덧셈'],
  [/^(?:빼[고면는서야어기]|뺀|뺄|뺐|빼$)/, '뺄셈'],
  [/^(?:곱하|곱한|곱해|곱할)/, '곱셈'],
  [/^(?:나누|나눈|나눌|나눠|나눗)/, '나눗셈'],
  [/^(?:비교|견주|견줘)/, '비교'],
  [/^(?:어림하|어림한|어림해)/, '어림'],
  [/^(?:재[어고는면었기보]|잰|재$)/, '재기'],
  [/^(?:세어|세고|세면|센|셉|셀)/, '세기'],
  [/^(?:뛰어|뛴)/, '뛰어 세기'],
  [/^(?:그리[고는기세시려면]|그려|그린|그릴|그렸)/, '그리기'],
  [/^색칠/, '색칠'],
  [/^(?:만들|만든)/, '만들기'],
  [/^(?:설명|까닭|이유)/, '설명'],
  [/^(?:뒤집)/, '뒤집기'],
  [/^(?:돌리|돌려|돌린|돌렸)/, '돌리기'],
  [/^(?:밀어|밀고|밀었|밀면)/, '밀기'],
  [/^(?:쌓[아은고으을았])/, '쌓기'],
  [/^(?:모으[고면기]|모아)/, '모으기'],
  [/^(?:가르[고면기]|갈라)/, '가르기'],
  [/^(?:묶[어으은고])/, '묶기'],
  [/^(?:자르[고면기려]|잘라|자른|잘랐)/, '자르기'],
  [/^(?:접[어은었고으])/, '접기'],
  [/^(?:통분)/, '통분'],
  [/^(?:약분)/, '약분'],
  [/^(?:되풀이|반복)/, '반복'],
];

/** Words that ask, point or join, and say nothing of what the problem is about. */
const STOP_WORDS = new Set(
  `모두 가장 각각 다음 다음과 다음을 알맞은 알맞게 알맞지 바르게 바른 옳은 옳게 옳지 않은 아닌 같은 같이 다른 서로 어느 어떤 무엇 무엇인가요 누가 누구
  얼마 얼마나 얼마입니까 몇 하나 하나의 둘 셋 넷 이때 그때 단 또 또는 그리고 그러나 그런데 그래서 하지만 따라서 먼저 모든 여러 위의 아래 아래의 오른쪽 왼쪽
  안에 안의 밖에 보기 보기와 그림 그림을 그림과 그림에서 것 것은 것을 것이 것의 것입니다 것인지 것끼리 곳 곳에 때 때의 중 중에서 중에 사이 나머지는 정답 답 답을 풀이 풀이를 과정 과정을
  친구 친구가 문제 문제를 물음 물음에 사람 사람은 방법 방법을 방법으로 기호 기호를 기호로 말 말로 빈칸 빈칸에 값 값을 값은 번호 번호를
  처음 지금 오늘 어제 내일 모레 우리 나 내가 저는 더 덜 약 및 한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 정도 만큼 전체 부분 경우 안 밖 위 앞 뒤 옆 전 후 개 번 번째 쪽 칸 줄
  어떻게 그렇게 이렇게 똑같이 다시 함께 따라 맞게 다르게 되게 언제 어디 어디에 무슨 바로 그중 가득 짜리 다른지 있는데 나란히 차례로 차례대로
  이것 그것 저것 여기 거기 이 그 저 같고 같습니다 있는 있고 없는 있습니다 됩니다 입니다 합니다`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

const TERM = new RegExp(`^(?:${TERMS.join('|')})`);
const LONG_TERM = new RegExp(TERMS.filter((term) => term.length >= 3).join('|'), 'g');

/** The longest mathematical term with which a word begins. */
export function termAtStart(word: string): string | undefined {
  return TERM.exec(word)?.[0];
}

/** The longer terms inside a run of words that was written without spaces. */
export function termsInside(run: string): string[] {
  return run.match(LONG_TERM) ?? [];
}

/** The noun for a form of a verb of mathematical action: 읽기 for 읽고. */
export function actionOf(word: string): string | undefined {
  return ACTIONS.find(([forms]) => forms.test(word))?.[1];
}

export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}
