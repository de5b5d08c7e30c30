import { type Level } from '@math-labeler/curriculum';

/** Domain (대분류) and unit (중분류) of a standard. */
export interface Branch {
  readonly domain: string;
  readonly unit: string;
}

/** One problem with the right answer beside the label that was given. */
export interface Judged {
  readonly gold: {
    /** The codes that are right, the main one first: some collections accept several. Never empty. */
    readonly codes: readonly string[];
    readonly level?: Level;
  };
  readonly predicted: { readonly code: string; readonly level: Level };
  /** Codes, best first; at least five. */
  readonly ranked: readonly string[];
  /** Probability that the standard is right. */
  readonly confidence: number;
  /** Probability that the level is right. */
  readonly levelConfidence?: number;
  /** Whether the label was accepted without asking a person. */
  readonly accepted: boolean;
}

/** Whether the predicted standard is one of the right ones. */
export function hasRightStandard({ gold, predicted }: Judged): boolean {
  return gold.codes.includes(predicted.code);
}
