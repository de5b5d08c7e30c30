import { type Event, type EventContract, EvidenceRetrieved, LabelDisputed, LabelProposed } from '@math-labeler/contracts';
import { type Curriculum } from '@math-labeler/curriculum';
import { type LocalModel } from '@math-labeler/local-model';
import { LookAgainHandler } from './look-again.handler.js';
import { ProposeLabelHandler } from './propose-label.handler.js';
import { Voters } from './voters.js';

const standards = Array.from({ length: 9 }, (_, i) => ({ code: `2수01-0${i + 1}` }));
const model: Pick<LocalModel, 'score'> = {
  score: () => ({ standards: Float32Array.from(standards, (_, i) => -i / 7), levels: (standard) => Float32Array.of(standard / 10, 0.5), familiarity: 0.75 }),
};
const [{ problem, evidence }] = EvidenceRetrieved.examples;
const versions = { mathlabel: '0.1.0', taxonomy: 't', dataset: 'd', model: 'm' };
const calibration = { first: { signals: [1, 1], right: [0, 1] } };
const voters = new Voters({ curriculum: { standards } as unknown as Curriculum, model: model as LocalModel, calibration, versions });

function told<Data>(contract: EventContract<Data>, data: Data): Event<Data> {
  return { ...contract.first('e1', data), source: 'test', time: '2026-03-02T00:00:00.000Z' };
}

function context(signal = new AbortController().signal) {
  return { signal, tries: 1 };
}

test('the votes of a problem travel with what they were cast on and who cast them', async () => {
  const [proposed] = await new ProposeLabelHandler(voters).handle(told(EvidenceRetrieved, { problem, evidence }), context());
  const { votes, ...rest } = LabelProposed.schema.parse(proposed.data);
  expect(rest).toEqual({ problem, evidence, look: 'first', versions });
  expect(votes.local).toMatchObject({ familiarity: 0.75, standards: [0, -0.1429, -0.2857, -0.4286, -0.5714, -0.7143, -0.8571, -1, -1.1429].map((score) => expect.closeTo(score, 4)) });
});

test('the levels of the standards in question come with the first look', async () => {
  const [proposed] = await new ProposeLabelHandler(voters).handle(told(EvidenceRetrieved, { problem, evidence }), context());
  const { levels } = (proposed.data as LabelProposed['data']).votes.local;
  expect(levels.slice(0, 2)).toEqual([{ code: '2수01-01', a: 0, aOrB: 0.5 }, { code: '2수01-02', a: 0.1, aOrB: 0.5 }]);
});

test('a second look brings the levels of its short list, under an id of its own', async () => {
  const shortList = ['2수01-09', '2수01-08'];
  const [again] = await new LookAgainHandler(voters).handle(told(LabelDisputed, { ...LabelDisputed.examples[0], shortList }), context());
  const { look, votes } = LabelProposed.schema.parse(again.data);
  expect([look, votes.local.levels.map(({ code }) => code)]).toEqual(['second', shortList]);
  const [first] = await new ProposeLabelHandler(voters).handle(told(EvidenceRetrieved, { problem, evidence }), context());
  expect(again.contract).toBe(first.contract);
});

test('a vote that is too late already is not cast', async () => {
  const late = AbortSignal.abort(new Error('too late'));
  await expect(new ProposeLabelHandler(voters).handle(told(EvidenceRetrieved, { problem, evidence }), context(late))).rejects.toThrow('too late');
});
