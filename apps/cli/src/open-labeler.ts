import { availableParallelism } from 'node:os';
import { type Calibration } from '@math-labeler/confidence';
import { type KnowledgeBase } from '@math-labeler/curriculum';
import { Labeler, openModel, trainLabeler, type TrainingReport, versionsOf } from '@math-labeler/labeler';
import { type Artefact, decodeArtefact } from '@math-labeler/local-model';
import { normalise } from '@math-labeler/problem-text';
import { InProcessKnowledgeIndex, knowledgeDocuments } from '@math-labeler/search';
import { presentKnowledge } from './knowledge/present-knowledge.js';
import { modelFile } from './paths.js';
import { startProgress } from './progress.js';
import { type Session, tell } from './session.js';

export interface OpenedLabeler {
  readonly labeler: Labeler;
  readonly knowledge: KnowledgeBase;
  readonly artefact: Artefact;
}

/** Loads data and model; the first time, and when the data changed, the model is trained and saved. */
export async function openLabeler(session: Session): Promise<OpenedLabeler> {
  const knowledge = await presentKnowledge(session);
  const artefact = await openModel(knowledge, {
    file: modelFile(session.env),
    train: async () => (await trainModel(session, knowledge)).bytes,
    onNotice: (notice) => tell(session, notice),
  });
  const index = new InProcessKnowledgeIndex();
  await index.put(knowledgeDocuments(knowledge, normalise));
  const labeler = new Labeler({
    curriculum: knowledge.curriculum,
    model: artefact.model,
    calibration: artefact.companion as Calibration,
    index,
    versions: versionsOf(artefact),
  });
  return { labeler, knowledge, artefact };
}

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
