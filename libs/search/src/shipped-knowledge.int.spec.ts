import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadKnowledge } from '@math-labeler/curriculum';
import { normalise } from '@math-labeler/problem-text';
import { groupByStandard } from './group-by-standard.js';
import { InProcessKnowledgeIndex } from './in-process-knowledge-index.js';
import { knowledgeDocuments } from './knowledge-documents.js';

const folder = fileURLToPath(new URL('../../../data/', import.meta.url));

describe('the shipped knowledge, indexed in-process', () => {
  const knowledge = loadKnowledge(
    ['curriculum', 'knowledge', 'evaluation'].flatMap((part) =>
      readdirSync(join(folder, part)).map((name) => ({ path: `${part}/${name}`, text: readFileSync(join(folder, part, name), 'utf8') })),
    ),
  );
  const index = new InProcessKnowledgeIndex();
  beforeAll(() => index.put(knowledgeDocuments(knowledge, normalise)));

  test('holds every example and every standard', async () => {
    expect(await index.size()).toBe(knowledge.examples.length + knowledge.curriculum.standards.length);
  });

  test('finds the standard of the open evaluation set: measured 92.8 % first, 99.7 % in five, 100 % in twenty', async () => {
    const ranks = await Promise.all(
      knowledge.evaluation.map(async ({ text, code }) => {
        const candidates = groupByStandard(await index.search({ text: normalise(text), limits: { example: 50, standard: 20 } }));
        return candidates.findIndex((candidate) => candidate.code === code);
      }),
    );
    const recall = (within: number) => ranks.filter((rank) => rank >= 0 && rank < within).length / ranks.length;
    expect(recall(1)).toBeGreaterThan(0.91);
    expect(recall(5)).toBeGreaterThan(0.99);
    expect(recall(20)).toBeGreaterThan(0.995);
  });
});
