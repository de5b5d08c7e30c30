import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@math-labeler/curriculum';
import { FaultList } from './fault-list.js';
import { listeningSession } from './session.fixture.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mathlabel-faults-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fault = (line: number) => new InputError('PROBLEM_FILES.EMPTY_TEXT', { file: 'a.zip', member: 'b.jsonl', line }, 'text', { ko: '비어 있습니다', en: 'is empty' });

test('a fault is one line that says where, which field and why', async () => {
  const { session, said } = listeningSession('en');
  const faults = await FaultList.open(session, undefined);
  await faults.add(fault(3));
  await faults.close();
  expect(said()).toBe('a.zip › b.jsonl:3 [text] is empty\n');
});

test('of many faults twenty are shown; all of them go to the file that was asked for', async () => {
  const { session, said } = listeningSession('ko');
  const file = join(folder, 'errors.csv');
  const faults = await FaultList.open(session, file);
  for (let line = 1; line <= 25; line++) await faults.add(fault(line));
  await faults.close();
  expect(faults.count).toBe(25);
  expect(said().split('\n').slice(19)).toEqual(['a.zip › b.jsonl:20 [text] 비어 있습니다', `… 그 밖에 5건: ${file}`, '']);
  const rows = readFileSync(file, 'utf8').trim().split('\r\n');
  expect(rows).toHaveLength(26);
  expect(rows.at(-1)).toBe('PROBLEM_FILES.EMPTY_TEXT,a.zip,b.jsonl,25,,text,비어 있습니다,is empty');
});

test('without a file, the rest is pointed to', async () => {
  const { session, said } = listeningSession('en');
  const faults = await FaultList.open(session, undefined);
  for (let line = 1; line <= 21; line++) await faults.add(fault(line));
  await faults.close();
  expect(said()).toContain('… and 1 more (--errors FILE lists them all)');
});
