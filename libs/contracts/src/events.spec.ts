import { deadLetterTopic, type Event, originOf, SERVICES } from './event.js';
import { EVENTS } from './events.js';
import { ProblemIngested, ProblemSubmitted } from './problem-events.js';
import * as example from './examples.js';

const cause: Event = {
  id: 'cause',
  type: 'problem.submitted.v1',
  source: 'gateway',
  time: '2026-03-02T00:00:00.000Z',
  correlationId: 'beginning',
  trail: [{ type: 'earlier.v1', time: '2026-03-01T00:00:00.000Z' }],
  data: {},
};

describe('the events', () => {
  test('every topic has a name of its own, and so have its dead letters', () => {
    const topics = EVENTS.flatMap((event) => [event.topic, deadLetterTopic(event)]).map(({ name }) => name);
    expect(new Set(topics).size).toBe(2 * EVENTS.length);
    for (const { topic, type } of EVENTS) {
      expect(topic.name).toMatch(/^[a-z.-]+\.v\d+$/);
      expect(type).toBe(topic.name);
    }
  });

  test('dead letters lead back to the topic that they came from', () => {
    for (const event of EVENTS) {
      expect(originOf(deadLetterTopic(event).name)).toBe(event.topic.name);
      expect(originOf(event.topic.name)).toBeUndefined();
    }
  });

  test.each(EVENTS.map((event) => ({ type: event.type, event })))('$type: every example has a key, unless an outside producer named none', ({ event }) => {
    for (const value of event.examples) {
      const isUnnamed = event.isInput && !('id' in (value as object)) && !('problem_id' in (value as object));
      expect(event.key(value)).toEqual(isUnnamed ? undefined : expect.stringMatching(/./));
    }
  });

  test('a number and a text name the same problem', () => {
    expect(ProblemSubmitted.key({ id: 101, content: '' })).toBe(ProblemSubmitted.key({ id: '101', content: '' }));
  });

  test('what a service acts on, a service tells', () => {
    const untold = EVENTS.filter(({ producers }) => producers.length === 0);
    expect(untold.filter(({ consumers }) => consumers.length > 0)).toEqual([]);
    // Described ahead of the service that will tell them.
    expect(untold.map(({ type }) => type)).toEqual(['model.promoted.v1', 'model.rejected.v1', 'model.rolled-back.v1']);
  });

  test('the way of a problem leads through every service to its label, and each service is known', () => {
    const services = new Set(EVENTS.flatMap(({ producers, consumers }) => [...producers, ...consumers]));
    expect([...services].sort()).toEqual([...SERVICES].sort());
    const reached = new Set<string>(['problem.submitted.v1']);
    for (let before = 0; before < reached.size; ) {
      before = reached.size;
      const acting = new Set(EVENTS.filter(({ type }) => reached.has(type)).flatMap(({ consumers }) => consumers));
      for (const { type, producers } of EVENTS) if (producers.some((service) => acting.has(service))) reached.add(type);
    }
    expect([...reached]).toEqual(expect.arrayContaining(['problem.rejected.v1', 'label.disputed.v1', 'review.requested.v1', 'problem.labeled.v1']));
  });
});

describe('an event that follows from another', () => {
  const told = ProblemIngested.from(cause, { problem: example.problem });

  test('belongs to the same chain, whose steps it knows', () => {
    expect(told).toMatchObject({ type: 'problem.ingested.v1', correlationId: 'beginning', causationId: 'cause' });
    expect(told.trail).toEqual([...cause.trail, { type: 'problem.submitted.v1', time: '2026-03-02T00:00:00.000Z' }]);
  });

  test('told again from the same cause it has the same id, whatever it says; from another cause, another', () => {
    expect(ProblemIngested.from({ ...cause, time: '2027-01-01T00:00:00.000Z' }, { problem: { ...example.problem, text: 'other' } }).id).toBe(told.id);
    expect(ProblemIngested.from({ ...cause, id: 'another' }, { problem: example.problem }).id).not.toBe(told.id);
  });

  test('a first event begins the chain', () => {
    expect(ProblemSubmitted.first('beginning', { content: '' })).toMatchObject({ id: 'beginning', correlationId: 'beginning', trail: [] });
    expect(ProblemSubmitted.first('beginning', { content: '' })).not.toHaveProperty('causationId');
  });
});
