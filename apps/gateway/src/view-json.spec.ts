import { stagesOf, viewJson } from './view-json.js';

const AT = '2026-03-01T00:00:00.000Z';

test('the label stands in the view as it was stored', () => {
  const view = { id: 'a/"1"', status: 'accepted', revision: 1, content: '문제', submittedAt: AT, label: '{"code":"2수01-01","확신":1}', trail: [], revisions: [] } as const;
  expect(JSON.parse(viewJson(view))).toEqual({ id: 'a/"1"', status: 'accepted', url: '/api/problems/a%2F%221%22', content: '문제', submittedAt: AT, label: { code: '2수01-01', 확신: 1 }, stages: [{ stage: 'submitted', at: AT, ms: 0 }], revisions: [] });
});

test('a view without a label has none', () => {
  const text = viewJson({ id: '1', status: 'pending', revision: 0, content: '문제', trail: [], revisions: [] });
  expect(JSON.parse(text)).toEqual({ id: '1', status: 'pending', url: '/api/problems/1', content: '문제', stages: [], revisions: [] });
});

test('stages are the steps of the way that a reader knows, in ms since the first, a second look included', () => {
  const types = ['problem.submitted.v1', 'problem.ingested.v1', 'evidence.retrieved.v1', 'label.proposed.v1', 'label.disputed.v1', 'label.proposed.v1', 'new.v1', 'problem.labeled.v1'];
  const trail = types.map((type, i) => ({ type, time: new Date(Date.parse(AT) + 10 * i).toISOString() }));
  expect(stagesOf({ trail }).map(({ stage, ms }) => [stage, ms])).toEqual([['submitted', 0], ['ingested', 10], ['retrieved', 20], ['proposed', 30], ['disputed', 40], ['proposed', 50], ['labeled', 70]]);
});

test('times that an outside producer made up give no stage a nonsensical duration', () => {
  expect(stagesOf({ trail: [{ type: 'problem.submitted.v1', time: 'yesterday' }, { type: 'problem.labeled.v1', time: AT }] }).map(({ ms }) => ms)).toEqual([0, 0]);
});
