import { type PersonalDataRules } from './personal-data-rule.js';

const SURNAME = '[김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구나민진지엄채원천방공현함변염여추도소석선설마길연위표명기]';
const LONG_SURNAME = '(?:남궁|황보|선우|제갈|독고|사공|서문)';
/** Syllables of given names; without those that are rather the end of a verb or of a noun (생, 어, 각). */
const GIVEN = '[가강건겸경계관광국권규균근금기길나남노누다단달담대덕도동두득라란람래량려련령로록루류륜률름리린림만명무문미민배백범별병보복봄봉비빈빛상새샘서석선설섭성세소솔송수숙순슬승시식신실심아안애양언엄엘여연열영예오옥온완요용우욱운웅원월위유윤율은의이익인일임자장재정제조종주준중지진찬창채천철초춘충치태택필하학한해헌혁현형혜호홍화환회효후훈휘흥희늘]';
/** No given name ends so, but nouns with a particle do, and verbs: `도형의`, `하세요`. */
const LAST = `(?![의만로요])${GIVEN}`;
const FULL_NAME = `(?:${LONG_SURNAME}${GIVEN}{1,2}|${SURNAME}${GIVEN}${LAST})`;
/** As forms are filled in: `김 민 수`. */
const WIDE_NAME = `(?:${FULL_NAME}|${SURNAME} ${GIVEN} ${LAST})`;
/** Where a form asks for a person, the name may also be a short one: `허준`. */
const WRITTEN_NAME = `(?:${WIDE_NAME}|${SURNAME} ?${GIVEN})`;

const BEGINS = '(?<![가-힣])';
const WORD_ENDS = '(?![가-힣])';
const TITLE = '(?:학생|선생님|교사|어린이|교장|교감|담임|드림(?![가-힣]))';
/** A title that belongs to one person: neither `학생들` nor `학생 수`. */
const OF_ONE = `(?= ?${TITLE}(?!들|[가-힣]{0,2} ?수(?![가-힣])|증|회|용))`;
const SAID_OF_NAME = '(?=입니다|이에요|예요|이야|야|이고|이라고|라고)';
const LINE_ENDS = String.raw`(?= {0,3}(?:$|[\n,.;:!?()\[\]/|·"'」』]))`;
const SUBJECT = '(?=(?:님|씨|이가|이|가|의|에게|입니다|이에요|예요)(?![가-힣]))';
const NAME_ENDS = `(?:${WORD_ENDS}|${SUBJECT}|(?=[은는을를도과와](?![가-힣])))`;

/** Also as a form has it: `( 17 )`. */
const NUMBER = String.raw`(?:\d{1,2}|\( ?\d{1,2} ?\))`;
const NAMED_CLASS = '[가-힣]{1,3}';
const CLASS = String.raw`(?<!\d)(?:제 ?)?[1-6](?: ?학년 ?(?:제 ?)?(?:${NUMBER}|${NAMED_CLASS})| ?- ?\d{1,2}) ?반`;
/** `17번`, but not `17번째` or `17번씩`, which count. */
const IN_CLASS = String.raw`[ ,]{0,2}${NUMBER} ?번(?!째|씩|만|이나|까지|부터|보다|[은을] )호?`;
/** `번호: 17` and `번호 17`. */
const IN_CLASS_FORM = String.raw`[ ,/]{0,2}번호 ?[:：]? ?\d{1,2}(?!\d)`;
const NUMBERED_CLASS = `${CLASS}(?:${IN_CLASS}|${IN_CLASS_FORM})`;
const ANY_CLASS = `${CLASS}(?:${IN_CLASS}|${IN_CLASS_FORM})?`;

const NAMED = '[가-힣○◯OＯ□]';
const FULL_SCHOOL = `${BEGINS}${NAMED}{1,12}(?:초등|중|고등)학교`;
/** `한빛초`: a short name is a school's only before a class. */
const SCHOOL = `(?:${FULL_SCHOOL}|${BEGINS}${NAMED}{2,6}초)`;
const SEX = '(?:[남여][ ,/·]{1,2})?';
const SCHOOL_TO_CLASS = ' {0,2},? {0,2}';
const SCHOOL_FORM = '(?:학교|학교명|소속|출신교|재학교) ?[:：] ?';

const PERSON = '(?:성명|학생명|학생 ?이름|작성자|제출자|응시자|보호자|학부모|담임|담임 ?교사|담임 ?선생님|지도 ?교사)';
const ASKED = ' ?[:：|(][ (]{0,2}';
const PERSON_FORM = `${PERSON}${ASKED}`;
const NAME_FORM = `(?:이름|글쓴이|출제자|채점자)${ASKED}`;
/** Also the beginnings of what is said in a dialogue. */
const SPEAKER_FORM = `${BEGINS}(?:학생|교사|선생님)(?: ?[:：] ?| )`;
const SURE_FORM = '(?:성명|학생명|작성자|담임|담임 ?교사|지도 ?교사) ';
const NEXT_NAME = new RegExp(String.raw`([ ]?[,·/、][ ]?)(${FULL_NAME})${NAME_ENDS}`, 'y');

/** Words of problems that are built like a name. */
const NO_NAMES = new Set(
  `고양이 강아지 송아지 도라지 소나기 소나무 양동이 도우미 문지기 도미노 손수건 연필심 유리병 유리창 유리류 한라봉 정수기 지하철 우주선 유람선 도화지 신문지 설문지
  도서관 전시관 전시회 연주회 박람회 공연장 공장장 양계장 정류장 수영장 운동장 천문대 주유소 강원도 전라도 황해도 제주도 설계도
  원주율 공배수 기준량 강수량 연장선 선택형 이익금 이자율 조회수 주문서 설명서 변경서 기록장 기록원 이용자 지원자 우승자 방문자
  정하기 구하기 나누기 채우기 진하기 장보기 하여라 이하인 이상인 이상은 정상인 주인인 남자인 여자인 지나서 나가서 오늘은 지금은 하나도 이유는`.split(/\s+/),
);

function isName({ 2: word }: RegExpExecArray): boolean {
  return !NO_NAMES.has(word.replace(/ /g, ''));
}

/** Where no form asks for one, `서진이` is more likely the 서진 of a story. */
function isBareName(match: RegExpExecArray): boolean {
  return isName(match) && !match[2].endsWith('이');
}

/** Before a title also `이용한 학생`, `천안시 학생` and their like. */
function isNameBeforeTitle(match: RegExpExecArray): boolean {
  return isBareName(match) && !/(?:[^요]한|[시구군])$/.test(match[2]);
}

/** Whether the name that stands beside is one. */
function isBesideName({ 3: name }: RegExpExecArray): boolean {
  return !NO_NAMES.has(name) && !name.endsWith('이');
}

function isSchool({ 2: school }: RegExpExecArray): boolean {
  return !/^(?:우리|어느|이웃|같은|다른)/.test(school);
}

export const PEOPLE_RULES: readonly PersonalDataRules[] = [
  {
    clue: /반/,
    rules: [
      { kind: 'school', pattern: new RegExp(`()(${SCHOOL})(?=${SCHOOL_TO_CLASS}${CLASS})`, 'g'), accepts: isSchool },
      { kind: 'schoolClass', pattern: new RegExp(`(${SCHOOL}${SCHOOL_TO_CLASS})(${ANY_CLASS})`, 'g') },
      { kind: 'schoolClass', pattern: new RegExp(`()(${NUMBERED_CLASS})`, 'g') },
      { kind: 'schoolClass', pattern: new RegExp(`()(${CLASS})(?=[ ,]{1,2}(${FULL_NAME})(?:${LINE_ENDS}|${OF_ONE}|${SUBJECT}))`, 'g'), accepts: isBesideName },
      { kind: 'schoolClass', pattern: new RegExp(`()(${CLASS})(?=[ ,\\n]{1,3}(?:이름|성명)${ASKED}${WIDE_NAME}${NAME_ENDS})`, 'g') },
      { kind: 'schoolClass', pattern: new RegExp(`(${BEGINS}${FULL_NAME} ?\\( ?${SEX})(${ANY_CLASS})(?= ?\\))`, 'g') },
      { kind: 'name', pattern: new RegExp(`(${BEGINS})(${FULL_NAME})(?= ?\\( ?${SEX}${CLASS})`, 'g'), accepts: isName },
      { kind: 'name', pattern: new RegExp(`(${NUMBERED_CLASS}[ ,]{1,2})(${FULL_NAME})${NAME_ENDS}`, 'g'), accepts: isName, more: NEXT_NAME },
      { kind: 'name', pattern: new RegExp(`(${CLASS}[ ,]{1,2})(${FULL_NAME})(?:${LINE_ENDS}|${OF_ONE}|${SUBJECT})`, 'g'), accepts: isBareName, more: NEXT_NAME },
    ],
  },
  {
    clue: /학교|소속/,
    rules: [
      { kind: 'school', pattern: new RegExp(`()(${FULL_SCHOOL})(?= (${FULL_NAME})(?:${LINE_ENDS}|${OF_ONE}))`, 'g'), accepts: (match) => isSchool(match) && isBesideName(match) },
      { kind: 'school', pattern: new RegExp(`(${SCHOOL_FORM})(${SCHOOL})${WORD_ENDS}`, 'g') },
      { kind: 'name', pattern: new RegExp(`(${FULL_SCHOOL} )(${FULL_NAME})(?:${LINE_ENDS}|${OF_ONE})`, 'g'), accepts: isBareName },
    ],
  },
  {
    clue: /번 /,
    rules: [
      { kind: 'name', pattern: new RegExp(`((?<!\\d)\\d{1,2}번 )(${FULL_NAME})(?:${LINE_ENDS}|${SUBJECT})`, 'g'), accepts: isBareName },
    ],
  },
  {
    clue: new RegExp(TITLE),
    rules: [
      { kind: 'name', pattern: new RegExp(`(${BEGINS})(${FULL_NAME})${OF_ONE}`, 'g'), accepts: isNameBeforeTitle },
    ],
  },
  {
    clue: /이름|성명|학생|교사|선생님|담임|보호자|학부모|글쓴이|작성자|제출자|응시자|출제자|채점자/,
    rules: [
      { kind: 'name', pattern: new RegExp(`(${PERSON_FORM})(${WRITTEN_NAME})${NAME_ENDS}`, 'g'), accepts: isName, more: NEXT_NAME },
      { kind: 'name', pattern: new RegExp(`(${NAME_FORM})(${WIDE_NAME})${NAME_ENDS}`, 'g'), accepts: isName, more: NEXT_NAME },
      { kind: 'name', pattern: new RegExp(`(${SPEAKER_FORM})(${FULL_NAME})${LINE_ENDS}`, 'g'), accepts: isBareName },
      { kind: 'name', pattern: new RegExp(`(${SURE_FORM})(${FULL_NAME})${NAME_ENDS}`, 'g'), accepts: isBareName, more: NEXT_NAME },
      { kind: 'name', pattern: new RegExp(`(이름 )(${FULL_NAME})${LINE_ENDS}`, 'g'), accepts: isBareName, more: NEXT_NAME },
      { kind: 'name', pattern: new RegExp(`(이름[은이] ?)(${FULL_NAME})${SAID_OF_NAME}`, 'g'), accepts: isName },
    ],
  },
];
