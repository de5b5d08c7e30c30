import { type Evidence } from '@math-labeler/contracts';
import { type KnowledgeBase } from '@math-labeler/curriculum';
import { gatherEvidence } from '@math-labeler/labeler';
import { normalise } from '@math-labeler/problem-text';
import { InProcessKnowledgeIndex, type KnowledgeDocument, knowledgeDocuments, type KnowledgeIndex } from '@math-labeler/search';
import { type LearnedExample, type LearnedExampleStore } from './stores/learned-example.store.js';

/** Reviewed problems that are shown to the index at a time. */
const BATCH = 500;

/** Everything that a problem is compared with: the standards, the solved examples, and what reviewers have taught. */
export class Knowledge {
  private constructor(
    private readonly index: KnowledgeIndex,
    private readonly learned: LearnedExampleStore,
  ) {}

  /** In an index that holds the standards and the solved examples already, and may be shared; what reviewers have taught is shown to it again, should it be a new one. */
  static async inIndex(index: KnowledgeIndex, learned: LearnedExampleStore): Promise<Knowledge> {
    const knowledge = new Knowledge(index, learned);
    await knowledge.show(await learned.all());
    return knowledge;
  }

  /** In an index of this process alone, which is filled now. */
  static async inMemory(base: KnowledgeBase, learned: LearnedExampleStore): Promise<Knowledge> {
    const index = new InProcessKnowledgeIndex();
    await index.put(knowledgeDocuments(base, normalise));
    return Knowledge.inIndex(index, learned);
  }

  /** @param text normalised */
  evidenceFor(text: string): Promise<Evidence> {
    return gatherEvidence(text, this.index);
  }

  /** From now on a reviewed problem is evidence, unless a later review of it is known. */
  async learn(example: LearnedExample): Promise<void> {
    await this.show([await this.learned.learn(example)]);
  }

  private async show(examples: readonly LearnedExample[]): Promise<void> {
    for (let i = 0; i < examples.length; i += BATCH) {
      const batch = examples.slice(i, i + BATCH);
      const contested = batch.filter((example) => example.contested).map(({ id, revision }) => ({ id: documentIdOf(id), version: revision }));
      const agreed = batch.filter((example) => !example.contested).map(({ id, revision, text, code, level }): KnowledgeDocument => ({ id: documentIdOf(id), kind: 'example', code, level, text, version: revision }));
      if (contested.length > 0) await this.index.remove(contested);
      if (agreed.length > 0) await this.index.put(agreed);
    }
  }
}

function documentIdOf(problemId: string): string {
  return `review:${problemId}`;
}
