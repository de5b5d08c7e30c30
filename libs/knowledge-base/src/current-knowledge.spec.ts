import { datasetFingerprint } from '@math-labeler/curriculum';
import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { currentKnowledge } from './current-knowledge.js';
import { type Datasets } from './datasets.js';
import { type LabelledRow } from './labelled-row.js';
import { openDatasets } from './open-datasets.js';
import { example, row, shippedWith } from './rows.fixture.js';

async function datasetsWith(...rows: readonly LabelledRow[]): Promise<Datasets> {
  const database = openDatabase(':memory:');
  const datasets = openDatasets({ database, commits: new GroupCommit(database) });
  await datasets.commit('shipped', new Map(), rows, { at: '', sources: [], found: {}, beside: '' });
  return datasets;
}

const shipped = shippedWith([example('T1', '1 + 1'), example('T2', '2 + 2')]);

test('with nothing imported it is the shipped one itself', async () => {
  expect(await currentKnowledge(shipped, await datasetsWith())).toBe(shipped);
});

test('imported rows follow the shipped examples, each file as an author of its own, and the fingerprint is that of both', async () => {
  const knowledge = await currentKnowledge(shipped, await datasetsWith(row('3 + 3', { id: 'b', source: '오답 노트(3).csv' }), row('4 + 4', { id: 'a', source: 'x.jsonl' })));
  expect(knowledge.examples.map(({ id, author }) => [id, author])).toEqual([['T1', 't1'], ['T2', 't1'], ['a', 'imported-x'], ['b', 'imported-오답-노트-3']]);
  expect(knowledge.fingerprints).toEqual({ taxonomy: 'taxonomy', dataset: datasetFingerprint(knowledge.examples, []) });
  expect(knowledge.fingerprints.dataset).not.toBe(datasetFingerprint(shipped.examples, []));
});

test('the order of imports changes nothing', async () => {
  const [one, two] = [row('3 + 3'), row('4 + 4')];
  const fingerprints = [];
  for (const rows of [[one, two], [two, one]]) fingerprints.push((await currentKnowledge(shipped, await datasetsWith(...rows))).fingerprints.dataset);
  expect(fingerprints[0]).toBe(fingerprints[1]);
});

test('an imported label takes the place of the shipped one; the same label adds nothing', async () => {
  const { examples } = await currentKnowledge(shipped, await datasetsWith(row('1+1', { id: 'new', level: 'A' }), row('2+2', { id: 'twin' })));
  expect(examples.map(({ id, level }) => [id, level])).toEqual([['T2', 'B'], ['new', 'A']]);
});

test('an id that somebody else has is preceded by its author', async () => {
  const { examples } = await currentKnowledge(shipped, await datasetsWith(row('3 + 3', { id: 'T1' }), row('4 + 4', { id: 'T1' })));
  expect(new Set(examples.map(({ id }) => id)).size).toBe(4);
  expect(examples[2].id).toBe('imported-a:T1');
});

test('an earlier version can be had by its id', async () => {
  expect(await currentKnowledge(shipped, await datasetsWith(row('3 + 3')), 'shipped')).toBe(shipped);
});
