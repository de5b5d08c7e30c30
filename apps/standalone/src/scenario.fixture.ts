import { type Calibration } from '@math-labeler/confidence';
import { derivedId, type Feedback, FeedbackSubmitted, type NewEvent, ProblemSubmitted, type Submission } from '@math-labeler/contracts';
import { type KnowledgeBase } from '@math-labeler/curriculum';
import { Voters } from '@math-labeler/labeling';
import { type LocalModel } from '@math-labeler/local-model';
import { type World } from './process.fixture.js';

/** What the stand-in for the model takes each text for, and how far the standard leads. */
const OPINIONS: readonly { readonly about: RegExp; readonly code: string; readonly lead: number }[] = [
  { about: /100이 4개/, code: '2수01-02', lead: 2 },
  { about: /원의 넓이/, code: '6수03-16', lead: 2 },
  { about: /구슬/, code: '2수01-06', lead: 2 },
  { about: /리본/, code: '2수03-13', lead: 0.02 },
];

const STANDARDS = new Set([...OPINIONS.map(({ code }) => code), '2수03-12']);

/** Labels in no time: a curriculum of few standards and examples, and a model that has its opinions from a table. */
export function quickWorld(whole: KnowledgeBase): World {
  const standards = whole.curriculum.standards.filter(({ code }, i) => i % 12 === 0 || STANDARDS.has(code));
  const byCode = new Map(standards.map((standard) => [standard.code, standard]));
  const curriculum = { ...whole.curriculum, standards, byCode };
  const model: Pick<LocalModel, 'score'> = {
    score: ({ text }) => {
      const { code, lead } = OPINIONS.find(({ about }) => about.test(text)) ?? OPINIONS[0];
      return { standards: Float32Array.from(standards, (standard) => (standard.code === code ? lead : standard.code[0] === code[0] ? 0 : -1)), levels: () => Float32Array.of(-1, 1), familiarity: 1 };
    },
  };
  return {
    knowledge: { ...whole, curriculum, examples: whole.examples.filter(({ code }, i) => i % 20 === 0 && byCode.has(code)), phrases: [] },
    calibration,
    voters: new Voters({ curriculum, model: model as LocalModel, calibration, versions: { mathlabel: '0', taxonomy: 'taxonomy', dataset: 'dataset', model: 'model' } }),
  };
}

const calibration: Calibration = {
  problems: 4000,
  first: { signals: [5, 3], right: [0, 1] },
  second: { signals: [5, 3, 0.5], right: [-0.5, 0.8] },
  level: { a: 3.9, aOrB: 3.3 },
  operatingPoints: [
    { threshold: 0.9, coverage: 0.84, error: 0.01 },
    { threshold: 0.7, coverage: 0.93, error: 0.03 },
    { threshold: 0.3, coverage: 1, error: 0.06 },
  ],
};

const hundreds = '100이 4개, 10이 3개인 수를 쓰세요.';
const circle = '반지름이 4 cm인 원의 넓이를 구하세요.';
const ribbon = '리본을 이으면 모두 얼마인가요?';

/** What comes from outside, in steps: the next step begins when all is quiet. Within a step nothing depends on the order. */
export const SCENARIO: readonly (readonly NewEvent[])[] = [
  [
    problem({ id: 'plain', content: hundreds, metadata: { page: 7 } }),
    problem({ id: 'disputed', content: ribbon }),
    problem({ id: 'empty', content: ' ' }),
    problem({ id: 'told', content: circle, metadata: { grade: '6-2' } }),
    problem({ id: 'sourced-1', content: '구슬 23개와 45개를 더하면?', metadata: { source: '여름 문제집' } }),
    feedback({ problem_id: 'nobody', confirm: true }),
  ],
  [
    problem({ id: 'same', content: ` ${hundreds} ` }),
    problem({ id: 'plain', content: circle }, 'the same id for another problem'),
    problem({ id: 'sourced-2', content: '구슬 9개와 8개를 더하면?', metadata: { source: '여름 문제집' } }),
  ],
  [
    feedback({ problem_id: 'plain', confirm: true, reviewer: 'kim' }),
    feedback({ problem_id: 'told', correct_labels: { '하위 분류': '[6수03-16-A]' }, reviewer: 'kim' }),
    feedback({ problem_id: 'told', correct_labels: { '하위 분류': '[9수03-16-A]' }, reviewer: 'lee' }),
    feedback({ problem_id: 'disputed', correct_labels: { '하위 분류': '[2수03-13-B]' }, reviewer: 'kim' }),
  ],
  [feedback({ problem_id: 'disputed', correct_labels: { '하위 분류': '[2수03-12-B]' }, reviewer: 'lee' })],
  [
    problem({ id: 'same as the corrected', content: circle, metadata: { grade: '6-2' } }),
    problem({ id: 'same as the contested', content: ribbon }),
    problem({ id: 'like the corrected', content: `${circle} 풀이도 쓰세요.` }),
  ],
  [feedback({ problem_id: 'disputed', confirm: true, reviewer: 'park' }), feedback({ problem_id: 'same as the contested', confirm: true, reviewer: 'park' })],
];

function problem(data: Submission, note = ''): NewEvent {
  return ProblemSubmitted.first(derivedId(String(data.id), note), data);
}

function feedback(data: Feedback): NewEvent {
  return FeedbackSubmitted.first(derivedId(JSON.stringify(data)), data);
}
