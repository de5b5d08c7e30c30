import { availableParallelism } from 'node:os';
import { type Calibration } from '@math-labeler/confidence';
import { type Versions } from '@math-labeler/contracts';
import { type Bilingual, type KnowledgeBase, loadKnowledge } from '@math-labeler/curriculum';
import { openModel, trainLabeler } from '@math-labeler/labeler';
import { type LocalModel } from '@math-labeler/local-model';
import { dataFolder, modelFile, productVersion, readDataFolder } from '@math-labeler/storage';

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
  const { taxonomy, dataset } = knowledge.fingerprints;
  return {
    knowledge,
    model: artefact.model,
    calibration: artefact.companion as Calibration,
    versions: { mathlabel: productVersion(), taxonomy: taxonomy.slice(0, 12), dataset: dataset.slice(0, 12), model: artefact.version },
  };
}

export async function readKnowledge(): Promise<KnowledgeBase> {
  return loadKnowledge(await readDataFolder(dataFolder));
}
