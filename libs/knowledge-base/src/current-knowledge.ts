import { datasetFingerprint, type KnowledgeBase, type SolvedExample } from '@math-labeler/curriculum';
import { type KnownProblem } from './check-rows.js';
import { type Datasets } from './datasets.js';
import { type LabelledRow, sameLabel, textKey } from './labelled-row.js';

/** The form of a problem whose file told none. */
const NO_TYPE = '기타';

/**
 * The shipped knowledge base with the rows of a version, the present one unless another is named. A row that says what a shipped example says under
 * another label takes its place, since a person has chosen so; one with the same label adds nothing. The fingerprint is that of what results.
 */
export async function currentKnowledge(shipped: KnowledgeBase, datasets: Datasets, version?: string): Promise<KnowledgeBase> {
  const rows = await datasets.rows(version ?? (await datasets.present()));
  if (rows.size === 0) return shipped;
  const examples = mergedExamples(shipped, rows);
  return { ...shipped, examples, fingerprints: { ...shipped.fingerprints, dataset: datasetFingerprint(examples, shipped.phrases) } };
}

/** The shipped examples, then the imported ones by source, each source as an author of its own. */
export function mergedExamples({ examples, evaluation, curriculum }: KnowledgeBase, rows: ReadonlyMap<string, LabelledRow>): SolvedExample[] {
  const outdone = new Set<string>();
  const twins = new Set<string>();
  for (const example of rows.size === 0 ? [] : examples) {
    const key = textKey(example.text);
    const row = rows.get(key);
    if (row === undefined) continue;
    if (sameLabel(row, example)) twins.add(key);
    else outdone.add(example.id);
  }
  const kept = outdone.size === 0 ? examples : examples.filter(({ id }) => !outdone.has(id));
  const ids = new Set([...kept, ...evaluation].map(({ id }) => id));
  // A curriculum that has been revised since may lack a standard.
  const own = [...rows.values()].filter(({ key, code }) => !twins.has(key) && curriculum.byCode.has(code)).sort(bySourceAndId);
  return [...kept, ...own.map((row) => exampleOf(row, ids))];
}

/** Everything that an import is compared with; an imported row speaks for the shipped example whose place it takes. */
export function knownProblems({ examples }: KnowledgeBase, rows: ReadonlyMap<string, LabelledRow>): KnownProblem[] {
  const shipped = examples.map(({ id, text, code, level }) => ({ key: textKey(text), id, content: text, code, level }));
  return [...shipped.filter(({ key }) => !rows.has(key)), ...rows.values()];
}

function exampleOf({ key, id, content, code, level, grade, type, source }: LabelledRow, ids: Set<string>): SolvedExample {
  const author = authorOf(source);
  const unique = [id, `${author}:${id}`, `${author}:${id}:${key}`].find((each) => !ids.has(each))!;
  ids.add(unique);
  return { id: unique, text: content, code, level, type: type === '' ? NO_TYPE : type, grade, author };
}

/** `오답 노트(3).csv` → `imported-오답-노트-3` */
function authorOf(source: string): string {
  const name = source.normalize('NFC').replace(/\.[a-z0-9]+$/i, '').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 40);
  return `imported-${name === '' ? 'file' : name}`;
}

/** Not by the order of imports, so that the same content trains the same model. */
function bySourceAndId(one: LabelledRow, other: LabelledRow): number {
  return compare(one.source, other.source) || compare(one.id, other.id) || compare(one.key, other.key);
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
