import { bestFirst } from './best-first.js';
import { BestScores } from './best-scores.js';
import { type Bigram, bigramsOf } from './bigrams.js';
import { type Embedding, type KnowledgeDocument, type KnowledgeHit, type KnowledgeIndex, type KnowledgeKind, type KnowledgeQuery, type KnowledgeRemoval, type MeaningQuery } from './knowledge-index.js';
import { VectorTable } from './vectors/vector-table.js';

const K1 = 1.2;
const B = 0.75;
/** A posting is `slot * 256 + count`; a count beyond this says no more than this one. */
const MOST = 255;
const KIND_CODES: Readonly<Record<KnowledgeKind, number>> = { example: 1, standard: 2 };

/**
 * BM25 over character pairs, and the vectors of documents that have one, held in memory. Scores as Lucene's BM25Similarity does:
 * Σ ln(1 + (N − df + 0.5) / (df + 0.5)) · tf / (tf + k1 · (1 − b + b · length / average length)), each pair of the query once.
 */
export class InProcessKnowledgeIndex implements KnowledgeIndex {
  private readonly slotById = new Map<string, number>();
  /** Versions of what was removed. */
  private readonly removed = new Map<string, number>();
  private readonly documents: (KnowledgeDocument | undefined)[] = [];
  /** Codes of the documents' kinds, 0 for a free slot: looking for the best need not touch every document. */
  private kinds = new Uint8Array(1024);
  private readonly free: number[] = [];
  private readonly postings = new Map<Bigram, number[]>();
  /** By embedder. */
  private readonly vectors = new Map<string, VectorTable>();
  private lengths = new Float64Array(1024);
  private scores = new Float64Array(1024);
  private totalLength = 0;

  async put(documents: readonly KnowledgeDocument[]): Promise<void> {
    for (const document of documents) {
      if ((document.version ?? 0) < this.versionOf(document.id)) continue;
      if (document.embedding !== undefined) this.tableOf(document.embedding).requireSize(document.embedding.vector);
      const slot = this.slotById.get(document.id);
      if (slot !== undefined) this.drop(slot);
      this.add(document);
      this.removed.delete(document.id);
    }
  }

  async remove(removals: readonly KnowledgeRemoval[]): Promise<void> {
    for (const { id, version } of removals) {
      if (version < this.versionOf(id)) continue;
      const slot = this.slotById.get(id);
      if (slot !== undefined) this.drop(slot);
      this.removed.set(id, version);
    }
  }

  async search({ text, limits, excludeGroup }: KnowledgeQuery): Promise<KnowledgeHit[]> {
    this.score(text);
    return this.best(limits, excludeGroup);
  }

  async nearest({ embedding: { embedder, vector }, limits, excludeGroup }: MeaningQuery): Promise<KnowledgeHit[]> {
    this.scores.fill(0, 0, this.documents.length);
    // A score of 0 or less is no hit, but an opposite is the last one.
    this.vectors.get(embedder)?.compare(vector, (slot, cosine) => (this.scores[slot] = 2 + cosine));
    return this.best(limits, excludeGroup).map(({ document, score }) => ({ document, score: score - 2 }));
  }

  async size(): Promise<number> {
    return this.slotById.size;
  }

  /** The latest that is known of a document, be it that it is no more. */
  private versionOf(id: string): number {
    const slot = this.slotById.get(id);
    return slot === undefined ? (this.removed.get(id) ?? 0) : (this.documents[slot]?.version ?? 0);
  }

  /** The best hits of each kind together, best first, as `scores` has them. */
  private best({ example = 0, standard = 0 }: KnowledgeQuery['limits'], excludeGroup: string | undefined): KnowledgeHit[] {
    const { documents, kinds, scores } = this;
    if (excludeGroup !== undefined) documents.forEach((document, slot) => document?.group === excludeGroup && (scores[slot] = 0));
    const limits = [0, example, standard];
    const best = limits.map((limit) => new BestScores(limit));
    const bars = Float64Array.from(best, ({ bar }) => bar);
    for (let slot = 0; slot < documents.length; slot++) {
      const kind = kinds[slot];
      if (scores[slot] <= bars[kind]) continue;
      best[kind].add(scores[slot]);
      bars[kind] = best[kind].bar;
    }
    const hits: KnowledgeHit[] = [];
    for (let slot = 0; slot < documents.length; slot++) {
      if (scores[slot] > 0 && scores[slot] >= bars[kinds[slot]]) hits.push({ document: documents[slot]!, score: scores[slot] });
    }
    const left = [...limits];
    // Equal scores at the edge may be more than were asked for: the first by their ids are kept.
    return hits.sort(bestFirst).filter(({ document }) => left[KIND_CODES[document.kind]]-- > 0);
  }

  private add({ embedding, ...document }: KnowledgeDocument): void {
    const slot = this.free.pop() ?? this.documents.length;
    if (slot >= this.lengths.length) this.grow();
    let length = 0;
    for (const [bigram, count] of bigramsOf(document.text)) {
      length += count;
      const posting = slot * 256 + Math.min(count, MOST);
      const list = this.postings.get(bigram);
      if (list === undefined) this.postings.set(bigram, [posting]);
      else list.push(posting);
    }
    this.documents[slot] = document;
    this.kinds[slot] = KIND_CODES[document.kind];
    this.slotById.set(document.id, slot);
    this.lengths[slot] = length;
    this.totalLength += length;
    if (embedding !== undefined) this.tableOf(embedding).set(slot, embedding.vector);
  }

  private tableOf({ embedder, vector }: Embedding): VectorTable {
    const table = this.vectors.get(embedder) ?? new VectorTable(vector.length);
    this.vectors.set(embedder, table);
    return table;
  }

  private drop(slot: number): void {
    const document = this.documents[slot];
    if (document === undefined) return;
    for (const bigram of bigramsOf(document.text).keys()) {
      const list = this.postings.get(bigram) ?? [];
      const last = list.pop();
      if (last !== undefined && last >>> 8 !== slot) list[list.findIndex((posting) => posting >>> 8 === slot)] = last;
      if (list.length === 0) this.postings.delete(bigram);
    }
    this.documents[slot] = undefined;
    this.kinds[slot] = 0;
    this.slotById.delete(document.id);
    this.totalLength -= this.lengths[slot];
    for (const table of this.vectors.values()) table.delete(slot);
    this.free.push(slot);
  }

  private grow(): void {
    const lengths = new Float64Array(2 * this.lengths.length);
    lengths.set(this.lengths);
    this.lengths = lengths;
    const kinds = new Uint8Array(lengths.length);
    kinds.set(this.kinds);
    this.kinds = kinds;
    this.scores = new Float64Array(lengths.length);
  }

  /** Leaves every slot's score for this text in `scores`. */
  private score(text: string): void {
    const { scores, lengths } = this;
    const n = this.slotById.size;
    const flat = K1 * (1 - B);
    const perLength = (K1 * B * n) / this.totalLength;
    scores.fill(0, 0, this.documents.length);
    for (const bigram of bigramsOf(text).keys()) {
      const list = this.postings.get(bigram);
      if (list === undefined) continue;
      const idf = Math.log(1 + (n - list.length + 0.5) / (list.length + 0.5));
      for (const posting of list) {
        const slot = posting >>> 8;
        const count = posting & MOST;
        scores[slot] += (idf * count) / (count + flat + perLength * lengths[slot]);
      }
    }
  }
}
