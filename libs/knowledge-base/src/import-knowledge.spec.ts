import { Readable } from 'node:stream';
import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { type Datasets } from './datasets.js';
import { importKnowledge, type ImportRequest, type ImportResult } from './import-knowledge.js';
import { openDatasets } from './open-datasets.js';
import { example, shippedWith } from './rows.fixture.js';

const shipped = shippedWith([example('T1', '1 + 1')], [{ id: 'D1', text: '60 ÷ 3', code: '2수01-01', level: 'B', type: '빈칸', grade: '1-1' }]);
let datasets: Datasets;
beforeEach(() => {
  const database = openDatabase(':memory:');
  datasets = openDatasets({ database, commits: new GroupCommit(database) });
});

const problem = (id: string, content: string, level = 'B') => ({ id, content, category: { '하위 분류': `[2수01-01-${level}]` } });
const run = (rows: readonly object[], request: Partial<ImportRequest> = {}): Promise<ImportResult> => {
  const stream = Readable.from([Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'))]);
  return importKnowledge(shipped, datasets, { sources: [{ name: 'a.jsonl', stream }], strictness: 'errors', relabelling: 'refused', faultyRows: 'refuse', purpose: 'import', at: '2026-11-26T00:00:00Z', ...request });
};
const present = async (): Promise<string[]> => Array.from((await datasets.rows(await datasets.present())).values(), ({ id }) => id).sort();
const counts = ({ report }: ImportResult): Record<string, number> => Object.fromEntries(report.found.map(({ kind, count }) => [kind, count]));

test('good rows become the present version, and the report has the balance with them', async () => {
  const result = await run([problem('1', '2 + 2'), problem('2', '3 + 3', 'A')]);
  expect(result).toMatchObject({ outcome: 'imported', parent: 'shipped', version: await datasets.present(), report: { rows: 2, accepted: 2, found: [], balance: { total: 3 } } });
  expect(await datasets.versions()).toMatchObject([{ at: '2026-11-26T00:00:00Z', sources: [{ name: 'a.jsonl' }], beside: 'shipped-dataset' }]);
});

test('one error, and nothing of the file comes in; those that are fit do where that was asked for', async () => {
  const rows = [problem('1', '2 + 2'), problem('2', ''), problem('3', '60÷3')];
  const refused = await run(rows);
  expect([refused.outcome, counts(refused), await present()]).toEqual(['refused', { unreadable: 1, leakage: 1 }, []]);
  expect(await run(rows, { faultyRows: 'left out' })).toMatchObject({ outcome: 'imported', report: { rows: 3, accepted: 1 } });
  expect(await present()).toEqual(['1']);
});

test('a warning refuses where that was asked for alone', async () => {
  const rows = [problem('1', '2 + 2'), problem('2', '2+2')];
  expect(await run(rows, { strictness: 'warnings' })).toMatchObject({ outcome: 'refused' });
  expect(await run(rows)).toMatchObject({ outcome: 'imported', version: expect.any(String) as string });
  expect((await datasets.versions())[0].found).toEqual({ duplicate: 1 });
});

test('a known problem adds nothing, and its label is replaced only where that was asked for', async () => {
  expect(await run([problem('1', '1+1')])).toMatchObject({ outcome: 'unchanged', report: { found: [{ kind: 'known', severity: 'info' }] } });
  expect(await run([problem('1', '1+1', 'A')])).toMatchObject({ outcome: 'refused' });
  expect(await run([problem('1', '1+1', 'A')], { relabelling: 'replaces' })).toMatchObject({ outcome: 'imported', report: { balance: { total: 1 } } });
});

test('files that hold nothing, or are not there, are refused', async () => {
  expect(await run([])).toMatchObject({ outcome: 'refused' });
  expect(await run([], { sources: ['/nowhere/at-all.jsonl'], faultyRows: 'left out' })).toMatchObject({ outcome: 'refused', report: { rows: 1, accepted: 0 } });
});

test('a row with personal data comes in without it, unless it is to be kept', async () => {
  const rows = [problem('1', '3학년 2반 17번 김민수: 2 + 2')];
  const contents = async () => Array.from((await datasets.rows(await datasets.present())).values(), ({ content }) => content);
  expect(await run(rows, { strictness: 'warnings' })).toMatchObject({ outcome: 'refused' });
  expect(await run(rows)).toMatchObject({ outcome: 'imported', report: { rows: 1, accepted: 1, found: [{ kind: 'personalData', severity: 'warning', count: 1 }] } });
  expect(await contents()).toEqual(['[학급] [이름]: 2 + 2']);
  expect(await run(rows, { personalData: 'keep' })).toMatchObject({ report: { rows: 1, accepted: 1, found: [] } });
  expect(await contents()).toContain('3학년 2반 17번 김민수: 2 + 2');
});

test('a rehearsal changes nothing', async () => {
  expect(await run([problem('1', '2 + 2')], { purpose: 'rehearsal' })).toMatchObject({ outcome: 'rehearsed' });
  expect(await present()).toEqual([]);
});

test('of each kind the first five are kept as examples, and all are counted', async () => {
  const { report } = await run(Array.from({ length: 12 }, (_, i) => problem(String(i), '')));
  expect(report.found).toMatchObject([{ kind: 'unreadable', count: 12, examples: { length: 5 } }]);
});
