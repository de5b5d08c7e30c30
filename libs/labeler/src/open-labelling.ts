import { availableParallelism } from 'node:os';
import { type Calibration } from '@math-labeler/confidence';
import { type Versions } from '@math-labeler/contracts';
import { type Bilingual, type Curriculum, type KnowledgeBase } from '@math-labeler/curriculum';
import { type Artefact, type LocalModel } from '@math-labeler/local-model';
import { llmCalibrationsFile, modelFile } from '@math-labeler/storage';
import { LlmCalibrations } from './llm-calibrations.js';
import { openModel, requireModel, versionsOf } from './saved-model.js';
import { readKnowledge } from './shipped-knowledge.js';
import { trainLabeler } from './train-labeler.js';

/** What labelling is done with. */
export interface Labelling {
  readonly curriculum: Curriculum;
  readonly model: LocalModel;
  readonly calibration: Calibration;
  readonly llmCalibrations: LlmCalibrations;
  readonly versions: Versions;
}

export interface OpeningOptions {
  readonly dataDir: string;
  readonly onTraining: (share: number) => void;
  readonly onNotice: (notice: Bilingual) => void;
  readonly signal: AbortSignal;
}

/** Loads the saved model, or trains it first (about a minute) and saves it. */
export async function openLabelling(knowledge: KnowledgeBase, { dataDir, onTraining, onNotice, signal }: OpeningOptions): Promise<Labelling> {
  const artefact = await openModel(knowledge, {
    file: modelFile(dataDir),
    train: async () => (await trainLabeler(knowledge, { threads: availableParallelism(), onProgress: onTraining, signal })).artefact,
    onNotice,
  });
  return labellingWith(artefact, knowledge.curriculum, dataDir);
}

/** Loads the model that was trained for this data folder; throws InputError LABELER.NO_MODEL. */
export async function requireLabelling(dataDir: string): Promise<Labelling> {
  const knowledge = await readKnowledge();
  return labellingWith(await requireModel(knowledge, modelFile(dataDir)), knowledge.curriculum, dataDir);
}

async function labellingWith(artefact: Artefact, curriculum: Curriculum, dataDir: string): Promise<Labelling> {
  const llmCalibrations = await LlmCalibrations.read(llmCalibrationsFile(dataDir));
  return { curriculum, model: artefact.model, calibration: artefact.companion as Calibration, llmCalibrations, versions: versionsOf(artefact) };
}
