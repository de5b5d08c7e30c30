import { type Bigram, bigramsOf } from './bigrams.js';
import { type KnowledgeDocument, type KnowledgeHit, type KnowledgeIndex, type KnowledgeKind, type KnowledgeQuery } from './knowledge-index.js';
import { TopHits } from './top-hits.js';

const K1 = 1.2;
const B = 0.75;
/** A posting is `slot * 256 + count`; a count beyond this says no more than this one. */
const MOST = 255;

/**
 * BM25 over character pairs, held in memory. Scores as Lucene's BM25Similarity does:
 * Σ ln(1 + (N − df + 0.5) / (df + 0.5)) · tf / (tf + k1 · (1 − b + b · length / average length)), each pair of the query once.
 */
export class InProcessKnowledgeIndex implements KnowledgeIndex {
  private readonly slotById = new Map<string, number>();
  private readonly documents: (KnowledgeDocument | undefined)[] = [];
  /** Beside the documents, so that looking for the best need not touch every document. */
  private readonly kinds: KnowledgeKind[] = [];
  private readonly free: number[] = [];
  private readonly postings = new Map<Bigram, number[]>();
  private lengths = new Float64Array(1024);
  private scores = new Float64Array(1024);
  private totalLength = 0;

  async put(documents: readonly KnowledgeDocument[]): Promise<void> {
    for (const document of documents) {
      const slot = this.slotById.get(document.id);
      if (slot !== undefined) {
        if ((document.version ?? 0) < (this.documents[slot]?.version ?? 0)) continue;
        this.drop(slot);
      }
      this.add(document);
    }
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const slot = this.slotById.get(id);
      if (slot !== undefined) this.drop(slot);
    }
  }

  async search({ text, limits, excludeGroup }: KnowledgeQuery): Promise<KnowledgeHit[]> {
    this.score(text);
    const examples = new TopHits<KnowledgeHit>(limits.example ?? 0, bestFirst);
    const standards = new TopHits<KnowledgeHit>(limits.standard ?? 0, bestFirst);
    for (let slot = 0; slot < this.documents.length; slot += 1) {
      const score = this.scores[slot];
      const top = this.kinds[slot] === 'example' ? examples : standards;
      if (!top.accepts(score)) continue;
      const document = this.documents[slot];
      if (document === undefined || (excludeGroup !== undefined && document.group === excludeGroup)) continue;
      top.offer({ document, score });
    }
    return [...examples.best(), ...standards.best()].sort(bestFirst);
  }

  async size(): Promise<number> {
    return this.slotById.size;
  }

  private add(document: KnowledgeDocument): void {
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
    this.kinds[slot] = document.kind;
    this.slotById.set(document.id, slot);
    this.lengths[slot] = length;
    this.totalLength += length;
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
    this.slotById.delete(document.id);
    this.totalLength -= this.lengths[slot];
    this.free.push(slot);
  }

  private grow(): void {
    const lengths = new Float64Array(2 * this.lengths.length);
    lengths.set(this.lengths);
    this.lengths = lengths;
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

function bestFirst(a: KnowledgeHit, b: KnowledgeHit): number {
  return b.score - a.score || (a.document.id < b.document.id ? -1 : 1);
}
