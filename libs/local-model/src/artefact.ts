import { createHash } from 'node:crypto';
import { type Bilingual } from '@math-labeler/curriculum';
import { type LinearArrays } from './hashed-linear-model.js';
import { quantise, restore } from './linear-classifier.js';
import { LocalModel } from './local-model.js';
import { RECIPE_VERSION } from './recipe.js';

/** Layout of the file: magic, header length, header (JSON), arrays in the header's order, SHA-256 of all before it. */
const MAGIC = 'MLMODEL\n';
const FORMAT = 2;
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
  /** Standards, levels. */
  readonly parts: readonly PartHeader[];
}

/** One linear model: its numbers, and how many bytes its counts, weights and biases take. */
interface PartHeader {
  readonly problems: number;
  readonly classes: number;
  readonly unit: number;
  readonly bytes: readonly [counts: number, weights: number, biases: number];
}

/** The bytes of a model file. */
export function encodeArtefact(model: LocalModel, info: ArtefactInfo): Uint8Array {
  const { standards, levels } = model.toArrays();
  const parts = [standards, levels].map(encodePart);
  const header: Header = { ...info, format: FORMAT, recipe: RECIPE_VERSION, parts: parts.map(({ header }) => header) };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const body = Buffer.concat([Buffer.from(MAGIC), length, json, ...parts.flatMap(({ arrays }) => arrays)]);
  return Buffer.concat([body, digestOf(body)]);
}

function encodePart({ problems, counts, classes, weights, biases }: LinearArrays): { header: PartHeader; arrays: Buffer[] } {
  const quantised = quantise({ classes, weights, biases });
  const arrays = [counts, quantised.weights, quantised.biases].map(bytesOf);
  return { header: { problems, classes, unit: quantised.unit, bytes: [arrays[0].length, arrays[1].length, arrays[2].length] }, arrays };
}

/**
 * Reads a model file back; refuses one that is damaged or was made by another version of the program, for another curriculum, or, where one is
 * expected, from another data set.
 */
export function decodeArtefact(bytes: Uint8Array, expected: Pick<ArtefactInfo, 'taxonomy'> & Partial<Pick<ArtefactInfo, 'dataset'>>): Artefact {
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
  if (header.taxonomy !== expected.taxonomy || (expected.dataset ?? header.dataset) !== header.dataset) {
    throw new ArtefactError('LOCAL_MODEL.FOREIGN_DATA', { ko: '다른 교육과정이나 데이터로 학습한 모델입니다', en: 'was trained on another curriculum or data set' });
  }
  let at = end;
  const [standards, levels] = header.parts.map((part) => {
    const arrays = decodePart(part, body, at);
    at += part.bytes.reduce((sum, length) => sum + length, 0);
    return arrays;
  });
  return {
    taxonomy: header.taxonomy,
    dataset: header.dataset,
    companion: header.companion,
    version: digest.toString('hex').slice(0, 12),
    model: LocalModel.fromArrays({ standards, levels }),
  };
}

function decodePart({ problems, classes, unit, bytes: [counts, weights, biases] }: PartHeader, body: Buffer, start: number): LinearArrays {
  const whole = body.subarray(start + counts, start + counts + weights);
  const classifier = restore({
    classes,
    unit,
    weights: new Int8Array(whole.buffer, whole.byteOffset, whole.byteLength),
    biases: new Float32Array(copyOf(body, start + counts + weights, biases)),
  });
  return { problems, counts: new Uint16Array(copyOf(body, start, counts)), classes, weights: classifier.weights, biases: classifier.biases };
}

function bytesOf(array: Uint16Array | Int8Array | Float32Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

/** Bytes in a buffer of their own, as wider numbers must be aligned. */
function copyOf(body: Buffer, start: number, length: number): ArrayBuffer {
  return Uint8Array.from(body.subarray(start, start + length)).buffer;
}

function digestOf(body: Buffer): Buffer {
  return createHash('sha256').update(body).digest();
}
