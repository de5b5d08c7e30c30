import { availableParallelism } from 'node:os';
import { type Calibration } from '@math-labeler/confidence';
import { type Bilingual, type KnowledgeBase, loadKnowledge } from '@math-labeler/curriculum';
import { Labeler, trainLabeler, type TrainingReport } from '@math-labeler/labeler';
import { type Artefact, ArtefactError, decodeArtefact } from '@math-labeler/local-model';
import { normalise } from '@math-labeler/problem-text';
import { InProcessKnowledgeIndex, knowledgeDocuments } from '@math-labeler/search';
import { readDataFolder, readIfThere, writeWhole } from '@math-labeler/storage';
import { dataFolder, modelFile, programVersion } from './paths.js';
import { startProgress } from './progress.js';
import { type Session, tell } from './session.js';

export interface OpenedLabeler {
  readonly labeler: Labeler;
  readonly knowledge: KnowledgeBase;
  readonly artefact: Artefact;
}

/** Loads data and model; the first time, and when the data changed, the model is trained and saved. */
export async function openLabeler(session: Session): Promise<OpenedLabeler> {
  const knowledge = await readKnowledge();
  const artefact = (await savedModel(session, knowledge)) ?? (await trainAndSave(session, knowledge));
  const index = new InProcessKnowledgeIndex();
  await index.put(knowledgeDocuments(knowledge, normalise));
  const labeler = new Labeler({
    curriculum: knowledge.curriculum,
    model: artefact.model,
    calibration: artefact.companion as Calibration,
    index,
    versions: {
      mathlabel: programVersion(),
      taxonomy: knowledge.fingerprints.taxonomy.slice(0, 12),
      dataset: knowledge.fingerprints.dataset.slice(0, 12),
      model: artefact.version,
    },
  });
  return { labeler, knowledge, artefact };
}

export async function readKnowledge(): Promise<KnowledgeBase> {
  return loadKnowledge(await readDataFolder(dataFolder));
}

async function trainAndSave(session: Session, knowledge: KnowledgeBase): Promise<Artefact> {
  const { artefact, bytes } = await trainModel(session, knowledge);
  await saveOrSay(session, bytes);
  return artefact;
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

/** The saved model, or undefined when there is none that can be used; says why when there is one that cannot. */
async function savedModel(session: Session, knowledge: KnowledgeBase): Promise<Artefact | undefined> {
  const file = modelFile(session.env);
  try {
    const bytes = await readIfThere(file);
    return bytes === undefined ? undefined : decodeArtefact(bytes, knowledge.fingerprints);
  } catch (error) {
    const reason = error instanceof ArtefactError ? error.reason : unreadable(error);
    tell(session, { ko: `${file}: ${reason.ko}. 다시 학습합니다.`, en: `${file} ${reason.en}; training again.` });
    return undefined;
  }
}

/** A model is worth having even where it cannot be kept. */
async function saveOrSay(session: Session, bytes: Uint8Array): Promise<void> {
  const file = modelFile(session.env);
  try {
    await writeWhole(file, bytes);
  } catch (error) {
    const detail = (error as Error).message;
    tell(session, { ko: `모델을 저장하지 못해 다음에 다시 학습합니다. DATA_DIR로 다른 폴더를 줄 수 있습니다 (${detail}).`, en: `The model could not be saved and will be trained again next time; DATA_DIR names another folder (${detail}).` });
  }
}

function unreadable(error: unknown): Bilingual {
  const detail = (error as Error).message;
  return { ko: `읽을 수 없습니다 (${detail})`, en: `cannot be read (${detail})` };
}
