import { availableParallelism } from 'node:os';
import { type Calibration } from '@math-labeler/confidence';
import { type KnowledgeBase } from '@math-labeler/curriculum';
import { Labeler, LlmCalibrations, openModel, trainLabeler, type TrainingReport, versionsOf } from '@math-labeler/labeler';
import { type Artefact, decodeArtefact } from '@math-labeler/local-model';
import { normalise } from '@math-labeler/problem-text';
import { InProcessKnowledgeIndex, knowledgeDocuments } from '@math-labeler/search';
import { llmCalibrationsFile } from '@math-labeler/storage';
import { presentKnowledge } from './knowledge/present-knowledge.js';
import { type OpenedVoter, openVoter, type Recording } from './llm/open-voter.js';
import { dataDir, modelFile, names } from './paths.js';
import { personalDataOf } from './personal-data.js';
import { startProgress } from './progress.js';
import { type Session, tell } from './session.js';

export interface OpenedLabeler {
  readonly labeler: Labeler;
  readonly knowledge: KnowledgeBase;
  readonly artefact: Artefact;
  readonly calibration: Calibration;
  readonly llmCalibrations: LlmCalibrations;
  /** Undefined: no language model votes. */
  readonly llm?: OpenedVoter;
  /** What a person is told of an error: that a store cannot be used just now, where it is that. */
  told(error: unknown): unknown;
  close(): Promise<void>;
}

/** Loads data and model; the first time, and when the data changed, the model is trained and saved. */
export async function openLabeler(session: Session, recording: Recording = {}): Promise<OpenedLabeler> {
  const knowledge = await presentKnowledge(session);
  const artefact = await openModel(knowledge, {
    file: modelFile(session.env),
    train: async () => (await trainModel(session, knowledge)).bytes,
    onNotice: (notice) => tell(session, notice),
  });
  const index = new InProcessKnowledgeIndex();
  const documents = knowledgeDocuments(knowledge, normalise);
  const meaning = names(session.env, 'OPENAI_EMBEDDING_MODEL') ? await (await import('./index/embedded-documents.js')).openMeaning(session, documents) : undefined;
  await index.put(meaning?.documents ?? documents);
  const { curriculum } = knowledge;
  const calibration = artefact.companion as Calibration;
  const llmCalibrations = await LlmCalibrations.read(llmCalibrationsFile(dataDir(session.env)));
  const llm = await openVoter(session, curriculum, recording);
  if (llm !== undefined && llmCalibrations.of(llm.voter.versions) === undefined) tell(session, SHIPPED_WEIGHTS);
  const labeler = new Labeler({ curriculum, model: artefact.model, calibration, index, versions: versionsOf(artefact), meaning: meaning?.search, llm: llm?.voter, llmCalibrations, personalData: await personalDataOf(session) });
  return { labeler, knowledge, artefact, calibration, llmCalibrations, llm, told: (error) => (llm === undefined ? error : llm.told(error)), close: async () => void (await Promise.all([llm?.close(), meaning?.close()])) };
}

const SHIPPED_WEIGHTS = {
  ko: '이 언어 모델의 답은 미리 정한 무게로 셉니다. 검토를 마친 문제로 mathlabel calibrate를 실행하면 이 모델에 맞춥니다.',
  en: 'The answers of this language model count with the shipped weights; mathlabel calibrate fits them to it on reviewed problems.',
};

/** Trains on all cores and shows how far it is; gives the model with the bytes of its file. */
export async function trainModel(session: Session, knowledge: KnowledgeBase): Promise<{ readonly artefact: Artefact; readonly report: TrainingReport; readonly bytes: Uint8Array }> {
  const progress = startProgress(session, { ko: '모델을 학습합니다 (1분쯤)', en: 'Training the model (about a minute)' }, 100);
  try {
    const { artefact: bytes, report } = await trainLabeler(knowledge, {
      threads: availableParallelism(),
      signal: session.signal,
      onProgress: (share) => progress.set(Math.floor(100 * share)),
    });
    return { artefact: decodeArtefact(bytes, knowledge.fingerprints), report, bytes };
  } finally {
    progress.stop();
  }
}
