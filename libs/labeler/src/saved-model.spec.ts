import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Bilingual, type KnowledgeBase } from '@math-labeler/curriculum';
import { BLOCKS, encodeArtefact, hashedBlocks, hashedCorpus, type LocalModel, trainModel } from '@math-labeler/local-model';
import { analyse } from '@math-labeler/problem-text';
import { openModel } from './saved-model.js';

const TEXTS = ['7 + 8을 계산하세요.', '9 - 5는 얼마인가요?', '원을 그리세요.', '삼각형을 모두 찾으세요.'];

const knowledgeOf = (dataset: string) => ({ fingerprints: { taxonomy: 'taxonomy', dataset } }) as KnowledgeBase;
const knowledge = knowledgeOf('dataset');

let model: LocalModel;
let folder: string;
let file: string;
let notices: Bilingual[];
let trainings: number;

beforeAll(() => {
  const corpus = hashedCorpus(BLOCKS, TEXTS.map((text) => hashedBlocks(analyse(text), BLOCKS)));
  model = trainModel({ corpus, standards: Uint8Array.of(0, 0, 1, 1), levels: Uint8Array.of(1, 2, 0, 1), weights: new Float32Array(4).fill(1), folds: new Uint8Array(4), standardCount: 2 }, undefined);
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'saved-model-'));
  file = join(folder, 'models', 'model.bin');
  notices = [];
  trainings = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(of = knowledge) {
  const train = async () => {
    trainings++;
    return encodeArtefact(model, { ...of.fingerprints, companion: { trained: trainings } });
  };
  return openModel(of, { file, train, onNotice: (notice) => notices.push(notice) });
}

test('without a saved model, one is trained and saved, whole and with nothing beside it', async () => {
  expect(await open()).toMatchObject({ ...knowledge.fingerprints, companion: { trained: 1 } });
  expect(readdirSync(dirname(file))).toEqual(['model.bin']);
  expect(notices).toEqual([]);
});

test('a saved model of the same data is used, and nothing is trained', async () => {
  const { version } = await open();
  expect((await open()).version).toBe(version);
  expect(trainings).toBe(1);
});

test.each([
  ['of other data', () => open(knowledgeOf('other')).then(() => {})],
  ['that was cut short', () => open().then(() => writeFileSync(file, readFileSync(file).subarray(0, -10)))],
  ['that is no model at all', async () => { mkdirSync(dirname(file)); writeFileSync(file, 'what is this'); }],
  ['that cannot be read', async () => { mkdirSync(file, { recursive: true }); }],
])('a saved model %s is trained again, and the user hears why', async (_, prepare) => {
  await prepare();
  [notices, trainings] = [[], 0];
  expect(await open()).toMatchObject(knowledge.fingerprints);
  expect(trainings).toBe(1);
  expect(notices[0]).toEqual({ ko: expect.stringMatching(/다시 학습합니다/), en: expect.stringContaining('training again') });
});

test('a model that cannot be saved is used all the same, and the user hears that it will be trained again', async () => {
  writeFileSync(join(folder, 'models'), 'a file where the folder should be');
  expect(await open()).toMatchObject(knowledge.fingerprints);
  expect(notices.at(-1)).toEqual({ ko: expect.stringContaining('DATA_DIR'), en: expect.stringContaining('DATA_DIR') });
});

test('a training that fails is the caller’s to hear of, and leaves no file', async () => {
  const failing = openModel(knowledge, { file, train: () => Promise.reject(new Error('stopped')), onNotice: () => {} });
  await expect(failing).rejects.toThrow('stopped');
  expect(readdirSync(folder)).toEqual([]);
});
