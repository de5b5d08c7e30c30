/**
 * Terms of the elementary curriculum. A plus sign parts a compound into what it is also found by. Never a term of one syllable: with 근 and 해
 * among them, 이해한다 became 이 + 해 + 한다. Nor one that ordinary words hold: 이하 is in 놀이하는, 그램 in 프로그램, 들이 in 아이들이.
 */
const TERMS = `
  자연수 소수점 대분수 진분수 가분수 단위+분수 기약+분수 분자 분모 통분 약분 약수 배수 공약수 공배수 최대+공약수 최소+공배수 짝수 홀수
  자릿수 자릿값 자리+값 한+자리 두+자리 세+자리 네+자리 일+모형 십+모형 백+모형 천+모형 수+모형 수직선 수+막대 수+카드
  받아올림 받아내림 덧셈 뺄셈 곱셈 나눗셈 덧셈+식 뺄셈+식 곱셈+식 나눗셈+식 곱셈+구구 곱셈+표 덧셈+표 세로+셈 가로+셈 혼합+계산 역+연산 어림+셈 어림+값 반올림
  소인수+분해 모으기 가르기 낱개 묶음 몇십몇
  삼각형 사각형 오각형 육각형 칠각형 팔각형 구각형 십각형 다각형 정+다각형 정+삼각형 정+사각형 정+오각형 정+육각형 정+팔각형
  이등변+삼각형 직각+삼각형 예각+삼각형 둔각+삼각형 직사각형 사다리꼴 평행+사변형 마름모 꼭짓점 모서리 대각선 예각 둔각 각도기 평행선 수선 선분 직선 반직선 곡선
  합동 대칭축 선대칭 점대칭 선대칭+도형 점대칭+도형 대응점 대응변 대응각 원주율 원주 반지름 지름 컴퍼스 겉넓이 단위+넓이
  직육면체 정육면체 각기둥 각뿔 원기둥 원뿔 삼각+기둥 사각+기둥 오각+기둥 육각+기둥 삼각뿔 사각뿔 오각뿔 육각뿔 밑면 옆면 밑변 윗변 아랫변 빗변 모선
  전개도 겨냥도 쌓기나무 칠교판 테셀레이션 입체+도형 평면+도형 기본+도형 밀기 뒤집기 돌리기
  센티미터 밀리미터 킬로미터 제곱+센티미터 제곱+미터 제곱+킬로미터 세제곱+센티미터 세제곱+미터 밀리리터 데시리터 킬로그램 밀리그램 헥타르
  비례식 비례+배분 백분율 기준량 비율 가능성 꺾은선 막대+그래프 꺾은선+그래프 띠+그래프 원+그래프 그림+그래프 물결선
  대응+관계 등호 부등호 미지수 빈칸 두+배 세+배
`;

/** The terms in the form of Nori's `user_dictionary_rules`: a word, or a compound with its parts, as `최대공약수 최대 공약수`. */
export const USER_DICTIONARY: readonly string[] = TERMS.trim()
  .split(/\s+/)
  .map((term) => (term.includes('+') ? `${term.replaceAll('+', '')} ${term.replaceAll('+', ' ')}` : term));
