import { availableParallelism } from 'node:os';
import { type Calibration } from '@math-labeler/confidence';
import { type KnowledgeBase, loadKnowledge } from '@math-labeler/curriculum';
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
  const artefact = (await savedModel(session, knowledge)) ?? (await trainModel(session, knowledge)).artefact;
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

/** Trains on all cores, shows how far it is, and saves the model. */
export async function trainModel(session: Session, knowledge: KnowledgeBase): Promise<{ readonly artefact: Artefact; readonly report: TrainingReport; readonly bytes: number }> {
  const progress = startProgress(session, { ko: '모델을 학습합니다 (1분쯤)', en: 'Training the model (about a minute)' }, 100);
  try {
    const { artefact, report } = await trainLabeler(knowledge, {
      threads: availableParallelism(),
      signal: session.signal,
      onProgress: (share) => progress.set(Math.floor(100 * share)),
    });
    await writeWhole(modelFile(session.env), artefact);
    return { artefact: decodeArtefact(artefact, knowledge.fingerprints), report, bytes: artefact.length };
  } finally {
    progress.stop();
  }
}

/** The saved model, or undefined when there is none that fits; says why when there is one that does not. */
async function savedModel(session: Session, knowledge: KnowledgeBase): Promise<Artefact | undefined> {
  const file = modelFile(session.env);
  const bytes = await readIfThere(file);
  if (bytes === undefined) return undefined;
  try {
    return decodeArtefact(bytes, knowledge.fingerprints);
  } catch (error) {
    if (!(error instanceof ArtefactError)) throw error;
    tell(session, { ko: `${file}: ${error.reason.ko}. 다시 학습합니다.`, en: `${file} ${error.reason.en}; training again.` });
    return undefined;
  }
}
