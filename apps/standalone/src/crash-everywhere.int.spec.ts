import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Label } from '@math-labeler/contracts';
import { type NewRecord } from '@math-labeler/messaging';
import { type EndState, endStateOf } from './end-state.fixture.js';
import { readKnowledge } from '@math-labeler/labeler';
import { type ProcessOptions, ServiceProcess, type World } from './process.fixture.js';
import { quickWorld, SCENARIO } from './scenario.fixture.js';

interface Play {
  readonly state: EndState;
  /** Of the first process. */
  readonly calls: readonly string[];
  readonly stores: ReadonlySet<string>;
  readonly crashed: boolean;
}

let world: World;
let folder: string;
let undisturbed: Play;
let files = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crash-'));
  world = quickWorld(await readKnowledge());
  undisturbed = await play({});
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Plays the scenario. A process that dies is followed by another one over the same file, which does not; what was not acknowledged is submitted again. */
async function play(options: ProcessOptions, afterAll: (process: ServiceProcess, file: string) => Promise<ServiceProcess> = async (process) => process): Promise<Play> {
  const file = join(folder, `${files++}.sqlite`);
  const first = await ServiceProcess.start(file, world, options);
  let process = first;
  for (const step of SCENARIO) {
    for (let isTold = false, isQuiet = false; !isQuiet; ) {
      if (process.faults.dead) process = await ServiceProcess.start(file, world);
      isTold ||= await process.submit(step);
      await process.quiet();
      isQuiet = !process.faults.dead;
    }
  }
  process = await afterAll(process, file);
  await process.drain();
  if (process.faults.dead) {
    process = await ServiceProcess.start(file, world);
    await process.quiet();
    await process.drain();
  }
  const state = await endStateOf(process);
  await process.close();
  return { state, calls: first.faults.calls, stores: first.stores, crashed: first.faults.dead };
}

test('without a crash, the scenario has every kind of outcome in it', () => {
  const { topics, contradictions, deadLetters, lag } = undisturbed.state;
  const facts = <Fact>(topic: string): Fact[] => topics[topic].map((fact) => JSON.parse(fact.slice(fact.indexOf('{'))) as Fact);
  const labels = facts<Label>('problem.labeled.v1').map(({ id, revision, code, level, decision, decidedBy, context, contested, duplicateOf }) =>
    [`${id} ${revision}: ${code}-${level}`, decision, decidedBy, context?.kind, contested && 'contested', duplicateOf && `as ${duplicateOf}`].filter(Boolean).join(', '),
  );
  expect(labels.sort()).toEqual([
    'disputed 1: 2수03-13-B, review, second look',
    'disputed 2: 2수03-13-B, accepted, reviewer',
    'disputed 3: 2수03-12-B, review, reviewer, contested',
    'disputed 4: 2수03-12-B, corrected, reviewer',
    'like the corrected 1: 6수03-16-B, accepted, votes',
    'plain 1: 2수01-02-B, accepted, votes',
    'plain 2: 2수01-02-B, accepted, reviewer',
    'same 1: 2수01-02-B, accepted, votes, as plain',
    'same as the contested 1: 2수03-12-B, review, reviewer, contested, as disputed',
    'same as the contested 2: 2수03-12-B, accepted, reviewer, as disputed',
    'same as the corrected 1: 6수03-16-A, corrected, reviewer, told grade, as told',
    'sourced-1 1: 2수01-06-B, accepted, votes',
    'sourced-2 1: 2수01-06-B, accepted, votes, source profile',
    'told 1: 6수03-16-B, accepted, votes, told grade',
    'told 2: 6수03-16-A, corrected, reviewer, told grade',
  ]);
  const refused = ['problem.rejected.v1', 'feedback.rejected.v1'].flatMap((topic) => facts<{ readonly id: string; readonly code: string }>(topic)).map(({ id, code }) => `${id}: ${code}`);
  expect(refused.sort()).toEqual(['empty: INGESTION.EMPTY_TEXT', 'nobody: FEEDBACK.UNKNOWN_PROBLEM', 'plain: INGESTION.ID_CONFLICT', 'told: FEEDBACK.UNKNOWN_CODE']);
  expect(facts<{ readonly id: string }>('review.requested.v1').map(({ id }) => id).sort()).toEqual(['disputed', 'same as the contested']);
  expect(facts('feedback.recorded.v1')).toHaveLength(6);
  expect({ contradictions, deadLetters, lag }).toEqual({ contradictions: [], deadLetters: 0, lag: 0 });
  const learned = facts<Label>('problem.labeled.v1').find(({ id }) => id === 'like the corrected');
  expect(learned?.evidence.examples[0]).toMatchObject({ id: 'review:told', level: 'A' });
});

test('every store is watched, and every one of their calls occurs', () => {
  expect([...undisturbed.stores].sort()).toEqual(['DecisionStore', 'LearnedExampleStore', 'ReviewStore', 'SourceMassStore', 'SubmissionStore']);
  expect([...new Set(undisturbed.calls)].sort()).toEqual([
    'DecisionStore.decide',
    'DecisionStore.decided',
    'DecisionStore.settle',
    'DecisionStore.settled',
    'LearnedExampleStore.all',
    'LearnedExampleStore.learn',
    'ReviewStore.answer',
    'ReviewStore.answers',
    'ReviewStore.keepLabel',
    'ReviewStore.label',
    'SourceMassStore.count',
    'SourceMassStore.masses',
    'SubmissionStore.register',
    'broker.publish',
    'subscription.commit',
  ]);
});

test('a crash before or after any call of the broker or a store leaves the same in the end', async () => {
  for (let call = 1, reached = true; reached; call++) {
    for (const moment of ['before', 'after'] as const) {
      const { state, calls, crashed } = await play({ crashAt: { call, moment } });
      const at = `${moment} call ${call}, ${calls[call - 1]}`;
      expect({ at, ...state }).toEqual({ at, ...undisturbed.state });
      reached = crashed;
    }
  }
}, 300_000);

test('every event told twice leaves the same', async () => {
  const told = new Set<string>();
  const isNew = ({ topic, headers }: NewRecord): boolean => told.size < told.add(`${topic} ${headers['ce_id']}`).size;
  const { state } = await play({ telling: (records) => records.flatMap((record) => (isNew(record) ? [record, record] : [record])) });
  expect(state).toEqual(undisturbed.state);
});

test('every event read again after all is over leaves the same', async () => {
  const { state } = await play({}, async (process, file) => {
    await process.drain();
    await process.rewind();
    await process.close();
    const again = await ServiceProcess.start(file, world);
    await again.quiet();
    return again;
  });
  expect(state).toEqual(undisturbed.state);
});
