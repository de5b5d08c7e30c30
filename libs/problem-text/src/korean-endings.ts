/** Particles and forms of 이다 that may follow a noun, longest first. */
const PARTICLES = `으로부터 으로써 에서의 에서는 에서도 까지의 부터의 입니까 입니다 인가요 일까요 이에요 이라고 이라면 이므로 에게서 이지만 끼리의
  까지 부터 에서 에게 에는 에도 으로 로써 로서 보다 처럼 만큼 마다 이나 이랑 하고 라고 이고 이며 이면 인지 이다 예요 끼리 들의 들은 들이 들을 과의 와의 로는 에의 별로
  은 는 이 가 을 를 의 에 로 와 과 도 만 랑 나 인 씩 들`
  .split(/\s+/)
  .filter((particle) => particle !== '');
/** These follow a final consonant, those a vowel: 연필이, 사과가. */
const AFTER_CONSONANT = new Set(['은', '이', '을', '과', '으로', '이나', '이랑', '이고', '이며', '이면', '인']);
const AFTER_VOWEL = new Set(['는', '가', '를', '와', '나', '랑']);
/** Behind one syllable only these are taken for particles; 지도, 미로, 결과 end like others but are whole words. */
const SURE = new Set(['은', '이', '을', '는', '가', '를', '에', '의', '씩']);
const NOUNS_ENDING_LIKE_PARTICLES = /(?:고양이|어린이|호랑이|원숭이|거북이|지팡이|목걸이|종이|놀이|깊이|먹이)$/;
const FINITE = /(?:시오|세요|니다|니까|[할될일을볼갈]까|[는인]가|는다|[어아해가나지까]요|다고|[았었했였됐렸겼]다|봅시다|[이같하한있없된]다)$/;
const CONNECTIVE = /(?:[아어여려겨쳐져혀해써워]|[아어]서|고|도록|면서|지만|므로|니까|더니|려면|[르보하으쓰가오주리]면|(?:[는은을]|[큰쓸할갈올질낼인])지|않게|[하되]지|히|[하되]기)$/;
const MODIFYING = /(?:[하되있없오가주파타먹쓰않보이사놓넣담]는|[한된할될]|[짧긴큰작많적높낮넓좁깊멀싶같]은|가까운|둥근|나온|나올|놓인|던진|들어[간갈]|일어날|꺼[낼낸]|정한|찍힌|기울어진|떨어진)$/;
const COMMON_VERB = /^(?:나타[내낸낼냅났]|고[르른를릅]|골[라랐]|찾|구[하할해한]|적[어으은]|이으려|알[아려맞]|보[이여기]|생[각겼기]|들어[가갈간]|이어[지진]|써|쓰|굴[리릴려린]|많이|없이|적어도|이용)/;

/** A noun without the particles behind it; empty where only a syllable would be left, the word itself where no particle fits. */
export function withoutParticles(word: string): string {
  if (PARTICLES.includes(word)) return '';
  if (NOUNS_ENDING_LIKE_PARTICLES.test(word)) return word;
  const particle = PARTICLES.find((candidate) => word.length > candidate.length && word.endsWith(candidate) && fits(word, candidate));
  if (particle === undefined) return word;
  const noun = word.slice(0, -particle.length);
  if (noun.length > 1) return noun;
  return particle.length > 1 || SURE.has(particle) ? '' : word;
}

/** Whether nothing, or only particles and forms of 이다 or 하다, follows the noun in a word. */
export function isOnlyEnding(rest: string): boolean {
  return rest === '' || PARTICLES.includes(rest) || (rest.length <= 5 && /^(?:들|하|해|한|할|합|했|되|된|됩|돼|인|일|이|마다|끼리)/.test(rest));
}

/** Whether a word looks like a verb or an adjective rather than a noun. */
export function isVerbal(word: string): boolean {
  return FINITE.test(word) || CONNECTIVE.test(word) || MODIFYING.test(word) || COMMON_VERB.test(word);
}

function fits(word: string, particle: string): boolean {
  const closed = (word.charCodeAt(word.length - particle.length - 1) - 0xac00) % 28 !== 0;
  if (AFTER_CONSONANT.has(particle)) return closed;
  return !AFTER_VOWEL.has(particle) || !closed;
}
