import { analyse } from '@math-labeler/problem-text';
import { hashedBlocks } from './features/blocks.js';
import { hashedCorpus } from './hashed-corpus.js';
import { BLOCKS, NONE, type TrainingSet } from './training-set.js';

export const TEXTS = ['3 + 4를 계산하세요.', '9 - 2를 계산하세요.', '사과가 3개, 배가 5개 있습니다. 모두 몇 개인가요?', '삼각형의 세 각의 크기의 합을 설명하세요.', '사각형을 모두 찾으세요.', '원의 반지름을 재어 보세요.'];

/** A training set for specs. Two standards: sums (0), shapes (1); row 4 is of fold 1, row 5 a statement without level. */
export function smallSet(texts: readonly string[] = TEXTS): TrainingSet {
  return {
    corpus: hashedCorpus(BLOCKS, texts.map((text) => hashedBlocks(analyse(text), BLOCKS))),
    standards: Uint8Array.of(0, 0, 0, 1, 1, 1),
    levels: Uint8Array.of(2, 2, 1, 0, 1, NONE),
    weights: Float32Array.of(1, 1, 1, 1, 1, 0.1),
    folds: Uint8Array.of(0, 0, 0, 0, 1, NONE),
    standardCount: 2,
  };
}
