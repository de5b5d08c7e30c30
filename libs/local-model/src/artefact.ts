import { createHash } from 'node:crypto';
import { type Bilingual } from '@math-labeler/curriculum';
import { type DocumentFrequencies } from './document-frequencies.js';
import { type QuantisedClassifier, quantise, restore } from './linear-classifier.js';
import { LocalModel } from './local-model.js';
import { RECIPE_VERSION } from './recipe.js';

/** Layout of the file: magic, header length, header (JSON), arrays in the header's order, SHA-256 of all before it. */
const MAGIC = 'MLMODEL\n';
const FORMAT = 1;
const DIGEST = 32;

/** What a model was made from and what belongs to it. */
export interface ArtefactInfo {
  /** Fingerprint of the curriculum whose standards the scores are of. */
  readonly taxonomy: string;
  /** Fingerprint of the examples and phrases it learnt from. */
  readonly dataset: string;
  /** Anything that was fitted together with the model, as JSON (its calibration). */
  readonly companion: unknown;
}

export interface Artefact extends ArtefactInfo {
  readonly model: LocalModel;
  /** First 12 hex digits of the file's checksum: names this very model. */
  readonly version: string;
}

/** A model file that must not be used: `LOCAL_MODEL.DAMAGED`, `.FOREIGN_FORMAT` or `.FOREIGN_DATA`. */
export class ArtefactError extends Error {
  override readonly name = 'ArtefactError';

  constructor(
    readonly code: 'LOCAL_MODEL.DAMAGED' | 'LOCAL_MODEL.FOREIGN_FORMAT' | 'LOCAL_MODEL.FOREIGN_DATA',
    readonly reason: Bilingual,
    options?: ErrorOptions,
  ) {
    super(`${reason.ko} · ${reason.en}`, options);
  }
}

interface Header extends ArtefactInfo {
  readonly format: number;
  readonly recipe: number;
  readonly problems: number;
  readonly standards: ClassifierHeader;
  readonly levels: ClassifierHeader;
  readonly arrays: readonly number[];
}

interface ClassifierHeader {
  readonly classes: number;
  readonly unit: number;
}

/** The bytes of a model file. */
export function encodeArtefact(model: LocalModel, info: ArtefactInfo): Uint8Array {
  const standards = quantise(model.standards);
  const levels = quantise(model.levels);
  const arrays = [model.frequencies.counts, standards.weights, standards.biases, levels.weights, levels.biases].map(bytesOf);
  const header: Header = {
    ...info,
    format: FORMAT,
    recipe: RECIPE_VERSION,
    problems: model.frequencies.problems,
    standards: { classes: standards.classes, unit: standards.unit },
    levels: { classes: levels.classes, unit: levels.unit },
    arrays: arrays.map((array) => array.length),
  };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const body = Buffer.concat([Buffer.from(MAGIC), length, json, ...arrays]);
  return Buffer.concat([body, digestOf(body)]);
}

/** Reads a model file back; refuses one that is damaged or was made by another version of the program or from other data. */
export function decodeArtefact(bytes: Uint8Array, expected: Pick<ArtefactInfo, 'taxonomy' | 'dataset'>): Artefact {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < MAGIC.length + 4 + DIGEST || file.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw new ArtefactError('LOCAL_MODEL.DAMAGED', { ko: '모델 파일이 아니거나 잘렸습니다', en: 'is not a model file, or is cut off' });
  }
  const body = file.subarray(0, file.length - DIGEST);
  const digest = digestOf(body);
  if (!digest.equals(file.subarray(file.length - DIGEST))) {
    throw new ArtefactError('LOCAL_MODEL.DAMAGED', { ko: '체크섬이 맞지 않습니다', en: 'does not match its checksum' });
  }
  const start = MAGIC.length + 4;
  const end = start + file.readUInt32LE(MAGIC.length);
  const header = JSON.parse(file.toString('utf8', start, end)) as Header;
  if (header.format !== FORMAT || header.recipe !== RECIPE_VERSION) {
    throw new ArtefactError('LOCAL_MODEL.FOREIGN_FORMAT', {
      ko: `다른 버전의 모델 파일입니다 (형식 ${header.format}, 방식 ${header.recipe})`,
      en: `was written by another version (format ${header.format}, recipe ${header.recipe})`,
    });
  }
  if (header.taxonomy !== expected.taxonomy || header.dataset !== expected.dataset) {
    throw new ArtefactError('LOCAL_MODEL.FOREIGN_DATA', { ko: '다른 교육과정이나 데이터로 학습한 모델입니다', en: 'was trained on another curriculum or data set' });
  }
  let at = end;
  const [counts, standardWeights, standardBiases, levelWeights, levelBiases] = header.arrays.map((length) => {
    const part = body.subarray(at, at + length);
    at += length;
    return part;
  });
  const frequencies: DocumentFrequencies = { problems: header.problems, counts: new Uint16Array(copyOf(counts)) };
  const classifier = ({ classes, unit }: ClassifierHeader, weights: Buffer, biases: Buffer): QuantisedClassifier => ({
    classes,
    unit,
    weights: new Int8Array(weights.buffer, weights.byteOffset, weights.byteLength),
    biases: new Float32Array(copyOf(biases)),
  });
  return {
    taxonomy: header.taxonomy,
    dataset: header.dataset,
    companion: header.companion,
    version: digest.toString('hex').slice(0, 12),
    model: new LocalModel(frequencies, restore(classifier(header.standards, standardWeights, standardBiases)), restore(classifier(header.levels, levelWeights, levelBiases))),
  };
}

function bytesOf(array: Uint16Array | Int8Array | Float32Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

/** The bytes at the start of a buffer of their own, as wider numbers must be aligned. */
function copyOf(part: Buffer): ArrayBuffer {
  return Uint8Array.from(part).buffer;
}

function digestOf(body: Buffer): Buffer {
  return createHash('sha256').update(body).digest();
}
