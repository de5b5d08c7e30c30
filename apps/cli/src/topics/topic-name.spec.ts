import { nearNames } from './topic-name.js';

const names = ['problem.submitted.v1', 'problem.submitted.v1.dlq', 'problem.labeled.v1', 'problem.labeled.v1.dlq', 'feedback.recorded.v1'];

test.each([
  ['problem.submited.v1', ['problem.submitted.v1']],
  ['labeled', ['problem.labeled.v1', 'problem.labeled.v1.dlq']],
  ['Problem.Labelled.v1', ['problem.labeled.v1']],
  ['feedback.recorded', ['feedback.recorded.v1']],
  ['orders', []],
])('%s is near %j', (written, near) => {
  expect(nearNames(written, names)).toEqual(expect.arrayContaining(near));
  expect(nearNames(written, names)[0]).toBe(near[0]);
});
