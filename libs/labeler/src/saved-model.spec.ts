import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bilingual, type KnowledgeBase } from '@math-labeler/curriculum';
import { encodeArtefact, hashedCorpus, trainModel } from '@math-labeler/local-model';
import { analyse } from '@math-labeler/problem-text';
import { openModel } from './saved-model.js';

const knowledge = { fingerprints: { taxonomy: 'taxonomy', dataset: 'dataset' } } as KnowledgeBase;
const TEXTS = ['7 + 8을 계산하세요.', '9 + 5는 얼마인가요?', '원의 넓이를 구하세요.', '반지름이 3 cm인 원을 그리세요.'];

let bytes: Uint8Array;
let folder: string;
let file: string;
let notices: Bilingual[];
let trainings: number;

beforeAll(() => {
  const problems = TEXTS.map(analyse);
  bytes = encodeArtefact(trainModel(SMALL(problems), undefined), { ...knowledge.fingerprints, companion: { slope: 1 } });
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'saved-model-'));
  file = join(folder, 'models', 'model.bin');
  notices = [];
  trainings = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(of = knowledge) {
  return openModel(of, {
    file,
    train: async () => {
      trainings++;
      return encodeAs(of);
    },
    onNotice: (notice) => notices.push(notice),
  });
}
