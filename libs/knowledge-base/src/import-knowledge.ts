import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { InputError, type KnowledgeBase } from '@math-labeler/curriculum';
import { type Notice, type Source } from '@math-labeler/problem-files';
import { type PersonalDataPolicy } from '@math-labeler/problem-text';
import { checkRows } from './check-rows.js';
import { classBalance } from './class-balance.js';
import { knownProblems, mergedExamples } from './current-knowledge.js';
import { type Datasets } from './datasets.js';
import { foundCounts, type SourceFile } from './dataset-version.js';
import { type Finding, finding, type FindingKind } from './finding.js';
import { type LabelledRow, wellFormed } from './labelled-row.js';
import { countOf, FindingTally, type QualityReport } from './quality-report.js';
import { readRows, type ReadRow } from './read-rows.js';

export interface ImportRequest {
  readonly sources: readonly Source[];
  /** Warnings refuse an import too. */
  readonly strictness: 'errors' | 'warnings';
  readonly relabelling: 'refused' | 'replaces';
  /** Rows with an error refuse the whole import, or are left out. */
  readonly faultyRows: 'refuse' | 'left out';
  /** A rehearsal changes nothing. */
  readonly purpose: 'import' | 'rehearsal';
  /** Masked, unless it is told otherwise. */
  readonly personalData?: PersonalDataPolicy;
  /** ISO 8601 */
  readonly at: string;
}

export interface ImportWatcher {
  readonly onFinding?: (finding: Finding) => void;
  readonly onNotice?: (notice: Notice) => void;
  readonly onRead?: (bytes: number) => void;
  readonly onChecked?: (done: number, total: number) => void;
  readonly onKept?: (done: number, total: number) => void;
}

export interface ImportResult {
  readonly report: QualityReport;
  /** `unchanged`: all rows are known already. */
  readonly outcome: 'imported' | 'rehearsed' | 'unchanged' | 'refused';
  readonly parent: string;
  /** The new version, where there is one. */
  readonly version?: string;
}

/**
 * Reads, checks and, unless something speaks against it, imports labelled problems as a new version on top of the present one; all of them or none.
 * Throws InputError KNOWLEDGE.MOVED when another import was faster, and the signal's reason when aborted: in both cases nothing has changed.
 */
export async function importKnowledge(shipped: KnowledgeBase, datasets: Datasets, request: ImportRequest, watcher: ImportWatcher = {}, signal?: AbortSignal): Promise<ImportResult> {
  const { relabelling, at } = request;
  const parent = await datasets.present();
  const before = await datasets.rows(parent);
  const tally = new FindingTally(watcher.onFinding);
  const { rows, count } = await readAll(shipped, request, watcher, tally, signal);
  const { fit, notCompared } = await checkRows(rows, { known: knownProblems(shipped, before), gold: shipped.evaluation }, {
    relabelling,
    onFinding: (found) => tally.add(found),
    onProgress: (done, total) => {
      signal?.throwIfAborted();
      watcher.onChecked?.(done, total);
    },
  });
  const after = new Map([...before, ...fit.map((row) => [row.key, row] as const)]);
  const balance = classBalance(shipped.curriculum, mergedExamples(shipped, after));
  for (const heavy of newlyHeavy(balance.heavy, fit)) tally.add(heavy);
  const report: QualityReport = { rows: count, accepted: fit.length, found: tally.found, notCompared, balance };
  if (isRefused(report, request)) return { report, outcome: 'refused', parent };
  if (fit.length === 0) return { report, outcome: 'unchanged', parent };
  if (request.purpose === 'rehearsal') return { report, outcome: 'rehearsed', parent };
  const made = { at, sources: await sourceFiles(request.sources), found: foundCounts(report), beside: shipped.fingerprints.dataset };
  const version = await datasets.commit(parent, before, fit, made, (done) => {
    signal?.throwIfAborted();
    watcher.onKept?.(done, fit.length);
  });
  return version === undefined ? { report, outcome: 'unchanged', parent } : { report, outcome: 'imported', parent, version };
}

/** What is found in a row that comes in nevertheless; all else stands in its place. */
const BESIDE_A_ROW: ReadonlySet<FindingKind> = new Set<FindingKind>(['noId', 'personalData']);

async function readAll({ curriculum }: KnowledgeBase, { sources, personalData }: ImportRequest, watcher: ImportWatcher, tally: FindingTally, signal?: AbortSignal): Promise<{ rows: ReadRow[]; count: number }> {
  const rows: ReadRow[] = [];
  let faults = 0;
  for await (const outcome of readRows(sources, curriculum, { onProgress: watcher.onRead, personalData })) {
    signal?.throwIfAborted();
    if (outcome.kind === 'row') rows.push(outcome.read);
    else if (outcome.kind === 'notice') watcher.onNotice?.(outcome);
    else {
      tally.add(outcome.finding);
      if (!BESIDE_A_ROW.has(outcome.finding.kind)) faults++;
    }
  }
  return { rows, count: rows.length + faults };
}

function isRefused(report: QualityReport, { strictness, faultyRows }: ImportRequest): boolean {
  if (strictness === 'warnings' && countOf(report, 'warning') > 0) return true;
  const errors = countOf(report, 'error');
  return errors > 0 && (faultyRows === 'refuse' || report.accepted === 0);
}

/** Standards that these rows have made too heavy. */
function newlyHeavy(heavy: readonly string[], rows: readonly LabelledRow[]): Finding[] {
  return heavy.flatMap((code) => {
    const own = rows.filter((row) => row.code === code).length;
    return own === 0 ? [] : [finding('imbalance', { file: code }, 'category', `이 성취기준의 문제가 중앙값의 20배가 넘습니다 (이번에 ${own}개)`, `has more than 20 times the problems of the median standard (${own} of them now)`)];
  });
}

async function sourceFiles(sources: readonly Source[]): Promise<SourceFile[]> {
  return Promise.all(
    sources.map(async (source) => {
      if (typeof source !== 'string') return { name: wellFormed(basename(source.name)) };
      const name = wellFormed(basename(source.normalize('NFC')));
      const isFile = await stat(source).then((found) => found.isFile(), () => false);
      return isFile ? { name, sha256: await fileHash(source) } : { name };
    }),
  );
}

async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (cause) {
    throw new InputError('KNOWLEDGE.UNREADABLE', { file: path }, undefined, { ko: '파일을 다시 읽을 수 없습니다', en: 'the file cannot be read again' }, { cause });
  }
  return hash.digest('hex');
}
