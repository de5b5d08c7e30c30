import { type Versions } from '@math-labeler/contracts';
import { type Bilingual, InputError, type KnowledgeBase } from '@math-labeler/curriculum';
import { type Artefact, ArtefactError, decodeArtefact } from '@math-labeler/local-model';
import { productVersion, readIfThere, writeWhole } from '@math-labeler/storage';

export interface ModelOpening {
  readonly file: string;
  /** Gives the bytes of a newly trained model. */
  readonly train: () => Promise<Uint8Array>;
  /** Hears why a saved model is not used, or why the new one is not saved; neither keeps from labelling. */
  readonly onNotice: (notice: Bilingual) => void;
}

/** The saved model of this very data; the first time, and when the data changed, it is trained and saved. */
export async function openModel(knowledge: KnowledgeBase, { file, train, onNotice }: ModelOpening): Promise<Artefact> {
  const saved = await savedModel(knowledge, file, onNotice);
  if (saved !== undefined) return saved;
  const bytes = await train();
  try {
    await writeWhole(file, bytes);
  } catch (error) {
    const detail = (error as Error).message;
    onNotice({ ko: `모델을 저장하지 못해 다음에 다시 학습합니다. DATA_DIR로 다른 폴더를 줄 수 있습니다 (${detail}).`, en: `The model could not be saved and will be trained again next time; DATA_DIR names another folder (${detail}).` });
  }
  return decodeArtefact(bytes, knowledge.fingerprints);
}

/** The model that `mathlabel train` has saved for this curriculum; throws InputError LABELER.NO_MODEL. */
export async function requireModel({ fingerprints: { taxonomy } }: Pick<KnowledgeBase, 'fingerprints'>, file: string): Promise<Artefact> {
  const refused = (reason: Bilingual): InputError =>
    new InputError('LABELER.NO_MODEL', { file }, undefined, { ko: `모델 ${file}: ${reason.ko}. mathlabel train을 먼저 실행하세요`, en: `the model ${file} ${reason.en}; run mathlabel train first` });
  const bytes = await readIfThere(file);
  if (bytes === undefined) throw refused({ ko: '파일이 없습니다', en: 'is not there' });
  try {
    return decodeArtefact(bytes, { taxonomy });
  } catch (error) {
    if (error instanceof ArtefactError) throw refused(error.reason);
    throw error;
  }
}

/** What labels by this model name as what made them. */
export function versionsOf({ taxonomy, dataset, version }: Pick<Artefact, 'taxonomy' | 'dataset' | 'version'>): Versions {
  return { mathlabel: productVersion(), taxonomy: taxonomy.slice(0, 12), dataset: dataset.slice(0, 12), model: version };
}

async function savedModel(knowledge: KnowledgeBase, file: string, onNotice: ModelOpening['onNotice']): Promise<Artefact | undefined> {
  try {
    const bytes = await readIfThere(file);
    return bytes === undefined ? undefined : decodeArtefact(bytes, knowledge.fingerprints);
  } catch (error) {
    const reason = error instanceof ArtefactError ? error.reason : unreadable(error);
    onNotice({ ko: `${file}: ${reason.ko}. 다시 학습합니다.`, en: `${file} ${reason.en}; training again.` });
    return undefined;
  }
}

function unreadable(error: unknown): Bilingual {
  const detail = (error as Error).message;
  return { ko: `읽을 수 없습니다 (${detail})`, en: `cannot be read (${detail})` };
}
