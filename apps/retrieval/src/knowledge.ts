import { type Evidence } from '@math-labeler/contracts';
import { type KnowledgeBase } from '@math-labeler/curriculum';
import { gatherEvidence } from '@math-labeler/labeler';
import { normalise } from '@math-labeler/problem-text';
import { InProcessKnowledgeIndex, type KnowledgeDocument, knowledgeDocuments, type KnowledgeIndex, SemanticSearch } from '@math-labeler/search';
import { type OnModuleDestroy } from '@nestjs/common';
import { BackgroundEmbedding, type BackgroundOptions } from './background-embedding.js';
import { type LearnedExample, type LearnedExampleStore } from './stores/learned-example.store.js';

/** Reviewed problems that are shown to the index at a time. */
const BATCH = 500;

/** How long the evidence of a problem waits for what its meaning finds: a model on a processor takes a tenth of it. */
const MEANING_WITHIN_MS = 1000;

/** Everything that a problem is compared with: the standards, the solved examples, and what reviewers have taught. */
export class Knowledge implements OnModuleDestroy {
  private readonly embedding?: BackgroundEmbedding;
  private byMeaning?: SemanticSearch;

  private constructor(
    private readonly index: KnowledgeIndex,
    private readonly learned: LearnedExampleStore,
    private readonly meaning: BackgroundOptions | undefined,
  ) {
    this.embedding = meaning === undefined ? undefined : new BackgroundEmbedding(index, meaning);
  }

  /** In an index that holds the standards and the solved examples already, and may be shared; what reviewers have taught is shown to it again, should it be a new one. */
  static async inIndex(index: KnowledgeIndex, learned: LearnedExampleStore, meaning?: BackgroundOptions): Promise<Knowledge> {
    const knowledge = new Knowledge(index, learned, meaning);
    await knowledge.show(await learned.all());
    knowledge.searchByMeaning();
    return knowledge;
  }

  /** In an index of this process alone, which is filled now; it is searched by meaning once the standards and the solved examples have their vectors. */
  static async inMemory(base: KnowledgeBase, learned: LearnedExampleStore, meaning?: BackgroundOptions): Promise<Knowledge> {
    const knowledge = new Knowledge(new InProcessKnowledgeIndex(), learned, meaning);
    await knowledge.put(knowledgeDocuments(base, normalise));
    void knowledge.embedding?.done.then(() => knowledge.searchByMeaning());
    await knowledge.show(await learned.all());
    return knowledge;
  }

  /** @param text normalised */
  evidenceFor(text: string): Promise<Evidence> {
    return gatherEvidence(text, this.index, this.byMeaning);
  }

  /** From now on a reviewed problem is evidence, unless a later review of it is known. */
  async learn(example: LearnedExample): Promise<void> {
    await this.show([await this.learned.learn(example)]);
  }

  onModuleDestroy(): void {
    this.embedding?.close();
  }

  private searchByMeaning(): void {
    if (this.meaning !== undefined) this.byMeaning = new SemanticSearch({ withinMs: MEANING_WITHIN_MS, ...this.meaning });
  }

  private async show(examples: readonly LearnedExample[]): Promise<void> {
    for (let i = 0; i < examples.length; i += BATCH) {
      const batch = examples.slice(i, i + BATCH);
      const contested = batch.filter((example) => example.contested).map(({ id, revision }) => ({ id: documentIdOf(id), version: revision }));
      const agreed = batch.filter((example) => !example.contested).map(({ id, revision, text, code, level }): KnowledgeDocument => ({ id: documentIdOf(id), kind: 'example', code, level, text, version: revision }));
      if (contested.length > 0) await this.index.remove(contested);
      if (agreed.length > 0) await this.put(agreed);
    }
  }

  private put(documents: readonly KnowledgeDocument[]): Promise<void> {
    return (this.embedding ?? this.index).put(documents);
  }
}

function documentIdOf(problemId: string): string {
  return `review:${problemId}`;
}
