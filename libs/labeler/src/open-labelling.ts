import { availableParallelism } from 'node:os';
import { type Calibration } from '@math-labeler/confidence';
import { type Versions } from '@math-labeler/contracts';
import { type Bilingual, type KnowledgeBase } from '@math-labeler/curriculum';
import { openModel, trainLabeler, versionsOf } from '@math-labeler/labeler';
import { type LocalModel } from '@math-labeler/local-model';
import { modelFile } from '@math-labeler/storage';

/** What labelling is done with. */
export interface Labelling {
  readonly knowledge: KnowledgeBase;
  readonly model: LocalModel;
  readonly calibration: Calibration;
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
  return {
    knowledge,
    model: artefact.model,
    calibration: artefact.companion as Calibration,
    versions: versionsOf(knowledge, artefact),
  };
}
