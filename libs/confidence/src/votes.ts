import { type LlmSays } from './llm-signals.js';

/** What the voters say about one problem; arrays of standards are in curriculum order. */
export interface Votes {
  /** The trained model. */
  readonly local: {
    readonly standards: Float32Array;
    /** For a standard, by its position: how much speaks for level A, and for A or B. */
    readonly levels: (standard: number) => Float32Array;
    /** Share of the word stems that training problems had. */
    readonly familiarity: number;
  };
  /** Support of the most similar solved examples, 0 to 1, the best supported standard having 1; all 0 without any. */
  readonly neighbours: Float32Array;
  /** 1 where the operations, number types and units of the problem are those of the standard, else 0. */
  readonly checks: Float32Array;
  /**
   * The most that can be known from the text: where solved examples of several standards hold it word for word, as they hold
   * "알맞은 수를 써넣으세요", the share of the most frequent of these standards; else 1.
   */
  readonly ceiling: number;
  /** Of a language model, where one has answered. */
  readonly llm?: LlmSays;
}
