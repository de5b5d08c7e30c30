import { type Evidence } from '@math-labeler/contracts';
import { type KnowledgeBase } from '@math-labeler/curriculum';
import { gatherEvidence } from '@math-labeler/labeler';
import { normalise } from '@math-labeler/problem-text';
import { InProcessKnowledgeIndex, knowledgeDocuments, type KnowledgeIndex } from '@math-labeler/search';
import { type LearnedExample, type LearnedExampleStore } from './stores/learned-example.store.js';

/** Everything that a problem is compared with: the standards, the solved examples, and what reviewers have taught. */
export class Knowledge {
  /** @param index holds what is known already; several services may share it */
  constructor(
    private readonly index: KnowledgeIndex,
    private readonly learned: LearnedExampleStore,
  ) {}

  /** In an index of this process alone, which is filled now. */
  static async inMemory(base: KnowledgeBase, learned: LearnedExampleStore): Promise<Knowledge> {
    const index = new InProcessKnowledgeIndex();
    const knowledge = new Knowledge(index, learned);
    await index.put(knowledgeDocuments(base, normalise));
    for (const example of await learned.all()) await knowledge.show(example);
    return knowledge;
  }

  /** @param text normalised */
  evidenceFor(text: string): Promise<Evidence> {
    return gatherEvidence(text, this.index);
  }

  /** From now on a reviewed problem is evidence, unless a later review of it is known. */
  async learn(example: LearnedExample): Promise<void> {
    await this.show(await this.learned.learn(example));
  }

  private async show({ id, revision, text, code, level, contested }: LearnedExample): Promise<void> {
    const documentId = `review:${id}`;
    if (contested) await this.index.remove([{ id: documentId, version: revision }]);
    else await this.index.put([{ id: documentId, kind: 'example', code, level, text, version: revision }]);
  }
}
