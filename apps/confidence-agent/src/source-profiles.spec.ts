import { type BandMass } from '@math-labeler/confidence';
import { type Curriculum } from '@math-labeler/curriculum';
import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { SourceProfiles } from './source-profiles.js';
import { SqliteSourceMassStore } from './stores/source-mass.sqlite.js';

const curriculum = { standards: [{ gradeBand: '1-2' }, { gradeBand: '3-4' }, { gradeBand: '5-6' }] } as unknown as Curriculum;
const low: BandMass = [1, 0, 0];

let store: SqliteSourceMassStore;
let open: () => SourceProfiles;
let profiles: SourceProfiles;
beforeEach(() => {
  const database = openDatabase(':memory:');
  store = new SqliteSourceMassStore({ database, commits: new GroupCommit(database) });
  open = () => new SourceProfiles(store, curriculum);
  profiles = open();
});

async function count(problems: number, from = 0): Promise<void> {
  for (let i = from; i < from + problems; i++) await profiles.count('문제집', String(i), low);
}

const version = async () => (await profiles.of('문제집'))?.profile.problems;

test('of a source that is new, nothing is known', async () => {
  expect(await profiles.of('문제집')).toBeUndefined();
});

test('a source that teaches a grade band makes its standards more likely, and the others less', async () => {
  await count(20);
  const { prior, profile } = (await profiles.of('문제집'))!;
  expect(profile.bands[0]).toBeGreaterThan(0.7);
  expect(prior[0]).toBeGreaterThan(0);
  expect(prior[2]).toBeLessThan(0);
});

test('a problem counts once, however often it is told', async () => {
  await count(3);
  await count(3);
  expect(await version()).toBe(3);
});

test('sources are kept apart', async () => {
  await count(3);
  expect(await profiles.of('교과서')).toBeUndefined();
});

test.each([[1, 1], [9, 9], [19, 19], [21, 20], [22, 22], [41, 39]])('of %i problems the profile is learnt from the first %i', async (problems, expected) => {
  await count(problems);
  expect(await version()).toBe(expected);
});

test('neither a restart nor problems that come again change which version holds', async () => {
  await count(35);
  const before = await profiles.of('문제집');
  await count(35);
  expect(await version()).toBe(before!.profile.problems);
  profiles = open();
  expect((await profiles.of('문제집'))?.profile).toEqual(before!.profile);
  await count(35);
  expect(await version()).toBe(before!.profile.problems);
});

test('problems that come at once are all counted', async () => {
  await Promise.all(Array.from({ length: 12 }, (_, i) => profiles.count('문제집', String(i), low)));
  expect(await version()).toBe(12);
});

test('beyond a thousand problems a source is known well enough, and no more are kept', async () => {
  await Promise.all(Array.from({ length: 1000 }, (_, i) => profiles.count('문제집', String(i), low)));
  await count(5, 1000);
  expect(await version()).toBe(1000);
  expect(await store.masses('문제집', 2000)).toHaveLength(1000);
});
