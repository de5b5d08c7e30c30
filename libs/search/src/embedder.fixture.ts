import { type EmbeddedAs, type Embedder } from './embedder.js';

/** Knows a few words, each a direction of its own; what holds none of them points elsewhere. */
const WORDS = ['원', '구슬', '길이'];

/** Embeds by the words that it knows, and remembers what it was asked. */
export class WordEmbedder implements Embedder {
  readonly asked: { readonly texts: readonly string[]; readonly as: EmbeddedAs }[] = [];
  /** What it answers instead, once set. */
  answer?: () => Promise<Float32Array[]>;

  constructor(readonly name = 'words') {}

  async embed(texts: readonly string[], as: EmbeddedAs): Promise<Float32Array[]> {
    this.asked.push({ texts, as });
    return this.answer === undefined ? texts.map(vectorIn) : this.answer();
  }

  get texts(): string[] {
    return this.asked.flatMap(({ texts }) => texts);
  }
}

export function vectorIn(text: string): Float32Array {
  const counts = [...WORDS.map((word) => text.split(word).length - 1), 0.1];
  const length = Math.hypot(...counts);
  return Float32Array.from(counts, (count) => count / length);
}
