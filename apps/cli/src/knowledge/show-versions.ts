import { category, type KnowledgeBase, type SolvedExample } from '@math-labeler/curriculum';
import { classBalance, currentKnowledge, type Datasets, type LabelledRow, type NumberedVersion, SHIPPED } from '@math-labeler/knowledge-base';
import { readKnowledge } from '@math-labeler/labeler';
import { openWriter } from '@math-labeler/problem-files';
import { EXIT, type ExitCode } from '../exit-code.js';
import { wordsIn } from '../language.js';
import { LineOutput } from '../line-output.js';
import { type Session, tell } from '../session.js';
import { textTable } from '../text-table.js';
import { domainPicture, standardPicture } from './balance-picture.js';
import { withDatasets } from './open-knowledge.js';

interface Json {
  readonly json: boolean;
}

/** All versions, the shipped one first. */
export async function listVersions(session: Session, { json }: Json): Promise<ExitCode> {
  const words = wordsIn(session.language);
  const { examples, fingerprints } = await readKnowledge();
  const { versions, present } = await withDatasets(session, 'look', async (datasets) => ({ versions: await datasets.versions(), present: await datasets.present() }));
  const all = [{ number: 0, id: SHIPPED, beside: fingerprints.dataset, examples: examples.length }, ...versions];
  const output = new LineOutput(session.stdout);
  if (json) for (const version of all) await output.write(JSON.stringify({ ...version, isPresent: version.id === present }));
  else {
    const head = ['', words('버전', 'version'), 'id', words('이전', 'parent'), words('때', 'at'), words('새 문제', 'added'), words('라벨 바꿈', 'relabelled'), words('가져온 문제', 'imported'), words('파일', 'files')];
    const first = [mark(SHIPPED, present), 0, SHIPPED, '', '', examples.length, 0, 0, words('제품에 든 것', 'as shipped')];
    const rows = versions.map(({ number, id, parent, at, added, relabelled, rows: count, sources }) => [mark(id, present), number, id, parent, at.slice(0, 19).replace('T', ' '), added, relabelled, count, namesOf(sources)]);
    for (const line of textTable([head, first, ...rows])) await output.write(line);
  }
  return EXIT.done;
}

function mark(id: string, present: string): string {
  return id === present ? '*' : '';
}

function namesOf(sources: NumberedVersion['sources']): string {
  const names = sources.map(({ name }) => name);
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} … (${names.length})` : names.join(', ');
}

/** One version with its balance over all standards. */
export async function showVersion(session: Session, name: string, { json }: Json): Promise<ExitCode> {
  const shipped = await readKnowledge();
  const { version, history, knowledge } = await withDatasets(session, 'look', async (datasets) => {
    const id = await datasets.find(name);
    const version = (await datasets.versions()).find((each) => each.id === id) ?? { number: 0, id: SHIPPED };
    return { version, history: await datasets.history(), knowledge: await currentKnowledge(shipped, datasets, id) };
  });
  const balance = classBalance(shipped.curriculum, knowledge.examples);
  const output = new LineOutput(session.stdout);
  const moves = history.filter(({ from, to }) => from === version.id || to === version.id);
  if (json) await output.write(JSON.stringify({ ...version, dataset: knowledge.fingerprints.dataset, moves, balance }, null, 2));
  else {
    const facts = Object.entries({ ...version, dataset: knowledge.fingerprints.dataset }).map(([field, value]) => [field, typeof value === 'object' ? JSON.stringify(value) : String(value)]);
    const steps = moves.map(({ action, from, to, at }) => `${at}  ${action}  ${from} → ${to}`);
    for (const line of [...textTable(facts), ...steps, '', ...domainPicture(balance, session.language), '', ...standardPicture(balance)]) await output.write(line);
  }
  return EXIT.done;
}

/** What two versions differ in: `+` added, `-` removed, `~` labelled anew. */
export async function diffVersions(session: Session, from: string, to: string, { json }: Json): Promise<ExitCode> {
  const { ids, added, removed, relabelled } = await withDatasets(session, 'look', async (datasets) => {
    const ids = [await datasets.find(from), await datasets.find(to)] as const;
    return { ids, ...(await datasets.diff(...ids)) };
  });
  const output = new LineOutput(session.stdout);
  const line = ({ id, content }: LabelledRow, label: string): string => `${label} ${id} ${content.replace(/\s+/g, ' ')}`;
  const label = ({ category }: LabelledRow): string => category['하위 분류'];
  for (const row of removed) await output.write(json ? JSON.stringify({ change: 'removed', ...recordOf(row) }) : line(row, `- ${label(row)}`));
  for (const row of added) await output.write(json ? JSON.stringify({ change: 'added', ...recordOf(row) }) : line(row, `+ ${label(row)}`));
  for (const { before, after } of relabelled) {
    await output.write(json ? JSON.stringify({ change: 'relabelled', ...recordOf(after), before: before.category }) : line(after, `~ ${label(before)} → ${label(after)}`));
  }
  const counts = { added: added.length, removed: removed.length, relabelled: relabelled.length };
  tell(session, { ko: `${ids[0]} → ${ids[1]}: 추가 ${counts.added} · 삭제 ${counts.removed} · 라벨 바꿈 ${counts.relabelled}`, en: `${ids[0]} → ${ids[1]}: ${counts.added} added · ${counts.removed} removed · ${counts.relabelled} relabelled` });
  return EXIT.done;
}

/** Makes an earlier version the present one. */
export async function rollbackTo(session: Session, name: string): Promise<ExitCode> {
  const { from, to } = await withDatasets(session, 'change', async (datasets) => datasets.rollback(await datasets.find(name), new Date().toISOString()));
  tell(session, { ko: `지금 버전은 ${to}입니다 (이전 ${from}). 모델과 색인은 다음 학습 때 따라갑니다`, en: `the present version is ${to} (before: ${from}); model and index follow with the next training` });
  return EXIT.done;
}

/** The imported problems of a version, or all of the knowledge base, in the form that `import` reads. */
export async function exportVersion(session: Session, name: string, { out, all }: { readonly out?: string; readonly all: boolean }): Promise<ExitCode> {
  const records = await withDatasets(session, 'look', async (datasets) => {
    const id = await datasets.find(name);
    return all ? allRecords(await readKnowledge(), datasets, id) : Array.from((await datasets.rows(id)).values(), recordOf);
  });
  const writer = await openWriter<ExportedProblem>(out ?? session.stdout, { toRow: ({ category, ...fields }) => ({ ...fields, ...category }) });
  for (const record of records) await writer.write(record);
  await writer.close();
  if (out !== undefined) tell(session, { ko: `${records.length}개를 썼습니다: ${out}`, en: `${records.length} written to ${out}` });
  return EXIT.done;
}

type ExportedProblem = Pick<LabelledRow, 'id' | 'content' | 'category' | 'grade' | 'type'>;

function recordOf({ id, content, category, grade, type }: LabelledRow): ExportedProblem {
  return { id, content, category, grade, type };
}

async function allRecords(shipped: KnowledgeBase, datasets: Datasets, id: string): Promise<ExportedProblem[]> {
  const { byCode } = shipped.curriculum;
  const record = ({ id: exampleId, text, code, level, grade, type }: SolvedExample): ExportedProblem => ({ id: exampleId, content: text, category: category(byCode.get(code)!, level), grade, type });
  return (await currentKnowledge(shipped, datasets, id)).examples.map(record);
}
