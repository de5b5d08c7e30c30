import { createHash } from 'node:crypto';
import { analyse } from '@math-labeler/problem-text';
import { ArtefactError, decodeArtefact, encodeArtefact } from './artefact.js';
import { type LocalModel } from './local-model.js';
import { smallSet, TEXTS } from './small-set.fixture.js';
import { trainModel } from './train-model.js';

const info = { taxonomy: 'taxonomy', dataset: 'dataset', companion: { slope: 1.5 } };
const problem = analyse('7 + 8을 계산하세요.');

/** The file with other words in its magic or header, lengths and checksum put right, as another version of the program would write it. */
function rewritten(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const file = Buffer.from(bytes);
  const end = 12 + file.readUInt32LE(8);
  const magic = file.toString('utf8', 0, 8).replace(from, to);
  const header = Buffer.from(file.toString('utf8', 12, end).replace(from, to));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const body = Buffer.concat([Buffer.from(magic), length, header, file.subarray(end, -32)]);
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
}

describe('a model file', () => {
  let model: LocalModel;
  let bytes: Uint8Array;
  beforeAll(() => {
    model = trainModel(smallSet(), undefined);
    bytes = encodeArtefact(model, info);
  });

  const codeOf = (read: () => unknown): string => {
    try {
      read();
    } catch (error) {
      if (error instanceof ArtefactError) {
        expect(error.reason.ko).not.toBe('');
        expect(error.reason.en).not.toBe('');
        return error.code;
      }
      throw error;
    }
    return 'accepted';
  };

  test('gives the model back to within half a unit of its weights, with what belongs to it', () => {
    const artefact = decodeArtefact(bytes, info);
    expect(artefact).toMatchObject(info);
    expect(artefact.version).toMatch(/^[0-9a-f]{12}$/);
    const [before, after] = [model.score(problem), artefact.model.score(problem)];
    before.standards.forEach((score, i) => expect(after.standards[i]).toBeCloseTo(score, 2));
    before.levels(0).forEach((score, i) => expect(after.levels(0)[i]).toBeCloseTo(score, 2));
    expect(after.familiarity).toBe(before.familiarity);
  });

  test('is the same, byte by byte, for the same model', () => {
    expect(Buffer.from(encodeArtefact(trainModel(smallSet(), undefined), info)).equals(Buffer.from(bytes))).toBe(true);
  });

  test.each([0, 5, 11, 200, 100_000])('cut off after %d bytes is refused as damaged', (length) => {
    expect(codeOf(() => decodeArtefact(bytes.subarray(0, length), info))).toBe('LOCAL_MODEL.DAMAGED');
  });

  test('with any one byte changed is refused as damaged', () => {
    for (const at of [0, 9, 40, 5000, bytes.length >> 1, bytes.length - 1]) {
      const broken = Uint8Array.from(bytes);
      broken[at] ^= 1;
      expect(codeOf(() => decodeArtefact(broken, info))).toBe('LOCAL_MODEL.DAMAGED');
    }
  });

  test.each([
    ['another magic', 'MLMODEL', 'OTHERML', 'LOCAL_MODEL.DAMAGED'],
    ['another format', '"format":', '"format":9', 'LOCAL_MODEL.FOREIGN_FORMAT'],
    ['another recipe', '"recipe":', '"recipe":9', 'LOCAL_MODEL.FOREIGN_FORMAT'],
  ])('of %s is refused, though its checksum holds', (_case, written, other, code) => {
    expect(codeOf(() => decodeArtefact(rewritten(bytes, written, other), info))).toBe(code);
  });

  test.each([
    ['another curriculum', { ...info, taxonomy: 'other' }],
    ['another data set', { ...info, dataset: 'other' }],
  ])('of %s is refused as foreign', (_, expected) => {
    expect(codeOf(() => decodeArtefact(bytes, expected))).toBe('LOCAL_MODEL.FOREIGN_DATA');
  });
});

describe('training', () => {
  test('does not look at the problems that are left out', () => {
    const left = trainModel(smallSet(), 1);
    const changed = trainModel(smallSet(TEXTS.map((text, i) => (i === 4 ? '시계를 보고 시각을 쓰세요.' : text))), 1);
    expect(changed.standards.classifier.weights).toEqual(left.standards.classifier.weights);
    expect(changed.levels.classifier.weights).toEqual(left.levels.classifier.weights);
    expect(trainModel(smallSet(), undefined).standards.classifier.weights).not.toEqual(left.standards.classifier.weights);
  });

  test('tells how far it is, up to all of it, and stops where the listener throws', () => {
    const shares: number[] = [];
    trainModel(smallSet(), undefined, (share) => shares.push(share));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(() =>
      trainModel(smallSet(), undefined, () => {
        throw new Error('enough');
      }),
    ).toThrow('enough');
  });

  test('puts sums with sums and shapes with shapes', () => {
    const model = trainModel(smallSet(), undefined);
    const best = (text: string): number => {
      const [sums, shapes] = model.score(analyse(text)).standards;
      return sums > shapes ? 0 : 1;
    };
    expect([best('5 + 6을 계산하세요.'), best('삼각형을 모두 찾으세요.')]).toEqual([0, 1]);
  });

  test('a correction wins after a few steps and leaves an unlike text alone', () => {
    const model = trainModel(smallSet(), undefined);
    const riddle = analyse('반짝이는 별 조각을 어떻게 하면 좋을까요?');
    const sums = analyse('5 + 6을 계산하세요.');
    const target = model.score(riddle).standards[0] > model.score(riddle).standards[1] ? 1 : 0;
    for (let step = 0; step < 10; step++) model.correct(riddle, target, 'A');
    expect(model.score(riddle).standards[target]).toBeGreaterThan(model.score(riddle).standards[1 - target]);
    expect(model.score(sums).standards[0]).toBeGreaterThan(model.score(sums).standards[1]);
  });

  test('a corrected level wins after a few steps, and only where the level is told', () => {
    const model = trainModel(smallSet(), undefined);
    const before = model.score(problem).levels(0);
    model.correct(problem, 0);
    expect(model.score(problem).levels(0)).toEqual(before);
    for (let step = 0; step < 10; step++) model.correct(problem, 0, 'A');
    expect(Math.min(...model.score(problem).levels(0))).toBeGreaterThan(0);
    for (let step = 0; step < 20; step++) model.correct(problem, 0, 'B');
    const [a, aOrB] = model.score(problem).levels(0);
    expect([a < 0, aOrB > 0]).toEqual([true, true]);
  });

  test('the contributions of all features and the bias make up the score', () => {
    const model = trainModel(smallSet(), undefined);
    const sum = model.explain(problem, 0, Infinity).reduce((total, { contribution }) => total + contribution, model.standards.classifier.biases[0]);
    expect(sum).toBeCloseTo(model.score(problem).standards[0], 4);
  });
});
