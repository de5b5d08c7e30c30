import { createHash, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_ERROR_TARGET } from '@math-labeler/confidence';
import { type Label, ProblemLabeled, ProblemSubmitted } from '@math-labeler/contracts';
import { type KnowledgeBase } from '@math-labeler/curriculum';
import { Labeler, type Labelling, LlmVoter, openLabelling, readKnowledge } from '@math-labeler/labeler';
import { Voters } from '@math-labeler/labeling';
import { type Consultant, type Question, type Reply } from '@math-labeler/llm';
import { normalise } from '@math-labeler/problem-text';
import { InProcessKnowledgeIndex, knowledgeDocuments } from '@math-labeler/search';
import { ServiceProcess } from './process.fixture.js';
import { dataFolder } from './server.fixture.js';

const MINUTES = 60_000;

let folder: string;
let knowledge: KnowledgeBase;
let labelling: Labelling;

beforeAll(async () => {
  folder = await dataFolder();
  knowledge = await readKnowledge();
  labelling = await openLabelling(knowledge, { dataDir: folder, onTraining: () => {}, onNotice: () => {}, signal: new AbortController().signal });
}, 5 * MINUTES);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `mathlabel label --mixed` says of the open set: nothing but each text is known. */
async function byCommandLine(): Promise<unknown[]> {
  const index = new InProcessKnowledgeIndex();
  await index.put(knowledgeDocuments(knowledge, normalise));
  const labeler = new Labeler({ ...labelling, curriculum: knowledge.curriculum, index });
  const labels = [];
  for (const { id, text } of knowledge.evaluation) labels.push(labeler.label(id, await labeler.read(text), { errorTarget: DEFAULT_ERROR_TARGET }));
  return labels;
}

async function byPipeline(llm?: LlmVoter): Promise<Label[]> {
    const process = await ServiceProcess.start(join(folder, `${randomUUID()}.sqlite`), { knowledge, calibration: labelling.calibration, voters: new Voters({ ...labelling, llm }) });
  await process.submit(knowledge.evaluation.map(({ id, text }) => ProblemSubmitted.first(id, { id, content: text })));
  await process.quiet();
  const labels: Label[] = [];
  for await (const { value } of process.broker.read(ProblemLabeled.topic.name, { untilIdle: 0 })) labels.push(JSON.parse(Buffer.from(value).toString()) as Label);
  await process.drain();
  await process.close();
  return labels;
}

test('the pipeline says of every problem of the open set what the command line says, to the digit', async () => {
  const expected = new Map((JSON.parse(JSON.stringify(await byCommandLine())) as Label[]).map((label) => [label.id, label]));
  const labels = await byPipeline();
  expect(labels.map(({ id }) => id).sort()).toEqual([...expected.keys()].sort());
  expect(new Set(labels.map(({ decidedBy }) => decidedBy))).toEqual(new Set(['votes', 'second look']));
  for (const label of labels) expect(label).toEqual({ ...expected.get(label.id), revision: 1, votes: label.votes });
}, 2 * MINUTES);

/** Answers as a perfect reader of the candidates would; remembers which problems had none that fits. */
class PerfectReader implements Consultant {
  readonly name = 'perfect reader';
  readonly hopeless = new Set<string>();
  private readonly golds = new Map(knowledge.evaluation.map((gold) => [createHash('sha256').update(normalise(gold.text)).digest('hex'), gold]));

  async consult({ key: { problem, candidates } }: Question): Promise<Reply> {
    const { id, code, level } = this.golds.get(problem)!;
    if (!candidates.includes(code)) this.hopeless.add(id);
    const text = JSON.stringify({ reason: '까닭', standard: String(candidates.indexOf(code) + 1), level, certainty: 'high' });
    return { outcome: 'answered', text, usage: { input: 0, cachedInput: 0, output: 0, reasoning: 0 }, model: this.name };
  }
}

test('given a voter that reads the candidates perfectly, then the pipeline is right wherever they hold the right standard, which they do in 99 of 100 problems at least', async () => {
  const reader = new PerfectReader();
  const labels = await byPipeline(new LlmVoter(reader, knowledge.curriculum));
  const code = new Map(knowledge.evaluation.map((gold) => [gold.id, gold.code]));
  expect(reader.hopeless.size).toBeLessThanOrEqual(code.size / 100);
  expect(labels.filter((label) => label.code !== code.get(label.id)).map(({ id }) => id).filter((id) => !reader.hopeless.has(id))).toEqual([]);
}, 2 * MINUTES);
