import { grants, type Operation } from './access.js';

const may = (principal: string, operation: Operation, name: string): boolean =>
  grants().some((grant) => grant.principal === principal && grant.operations.includes(operation) && (grant.match === 'exact' ? grant.name === name : name.startsWith(grant.name)));

test.each([
  ['ingestion', 'read', 'problem.submitted.v1', true],
  ['ingestion', 'write', 'problem.submitted.v1.dlq', true],
  ['ingestion', 'read', 'problem.submitted.v1.dlq', false],
  ['ingestion', 'write', 'problem.ingested.v1', true],
  ['ingestion', 'write', 'problem.labeled.v1', false],
  ['ingestion', 'read', 'ingestion', true],
  ['ingestion', 'read', 'retrieval', false],
  ['labeling', 'write', 'problem.submitted.v1', false],
  ['confidence-agent', 'write', 'problem.labeled.v1', true],
  ['gateway', 'write', 'problem.submitted.v1', true],
  ['gateway', 'read', 'evidence.retrieved.v1.dlq', true],
  ['gateway', 'describe', 'labeling', true],
  ['gateway', 'read', 'mathlabel-read-1', true],
  ['labeling', 'read', 'mathlabel-read-1', false],
  ['publisher', 'write', 'problem.submitted.v1', true],
  ['publisher', 'read', 'problem.submitted.v1', false],
  ['publisher', 'write', 'problem.labeled.v1', false],
  ['subscriber', 'read', 'problem.labeled.v1', true],
  ['subscriber', 'read', 'evidence.retrieved.v1', false],
  ['subscriber', 'write', 'problem.labeled.v1', false],
] as const)('%s may %s %s: %s', (principal, operation, name, expected) => {
  expect(may(principal, operation, name)).toBe(expected);
});

test('nobody may make or alter a topic, and nothing is granted on all of them', () => {
  for (const { name, resource, match } of grants()) {
    expect(name).not.toBe('*');
    expect(resource === 'topic' ? match : 'exact').toBe('exact');
  }
});
