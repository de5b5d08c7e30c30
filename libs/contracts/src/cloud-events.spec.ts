import { attributesOf, type Headers, headersOf } from './cloud-events.js';
import { type Event } from './event.js';

const missing = { id: 'derived', type: 'problem.submitted.v1', time: '2026-03-02T00:00:00.000Z' };
const first: Event = { id: 'e1', type: 'problem.submitted.v1', source: 'gateway', time: '2026-03-02T09:00:00.000Z', correlationId: 'e1', trail: [], data: {} };
const third: Event = {
  id: 'e3',
  type: 'evidence.retrieved.v1',
  source: 'retrieval',
  time: '2026-03-02T09:00:02.000Z',
  correlationId: 'e1',
  causationId: 'e2',
  trail: [{ type: 'problem.submitted.v1', time: '2026-03-02T09:00:00.000Z' }, { type: 'problem.ingested.v1', time: '2026-03-02T09:00:01.000Z' }],
  data: {},
};

describe('an event as record headers', () => {
  // CloudEvents 1.0, Kafka protocol binding 3.2.3: attributes are headers with the prefix ce_, but for datacontenttype
  test('carries the attributes of CloudEvents and the chain', () => {
    expect(headersOf(third)).toEqual({
      ce_specversion: '1.0',
      ce_id: 'e3',
      ce_type: 'evidence.retrieved.v1',
      ce_source: 'retrieval',
      ce_time: '2026-03-02T09:00:02.000Z',
      ce_correlationid: 'e1',
      ce_causationid: 'e2',
      ce_trail: 'problem.submitted.v1@2026-03-02T09:00:00.000Z,problem.ingested.v1@2026-03-02T09:00:01.000Z',
      'content-type': 'application/json',
    });
  });

  test('has no header for what the first event of a chain lacks', () => {
    expect(Object.keys(headersOf(first))).not.toEqual(expect.arrayContaining(['ce_causationid']));
    expect(Object.keys(headersOf(first))).not.toEqual(expect.arrayContaining(['ce_trail']));
  });

  test.each([{ name: 'first', event: first }, { name: 'third', event: third }])('the $name event of a chain comes back as it was', ({ event }) => {
    expect({ ...attributesOf(headersOf(event), missing), data: event.data }).toEqual(event);
    expect('causationId' in attributesOf(headersOf(event), missing)).toBe('causationId' in event);
  });

  test('ids and sources of outside producers come back whatever they hold', () => {
    const odd = { ...third, id: 'a\nce_type: b', source: '여름, 가을@1\r\n', correlationId: 'x@y,z', causationId: '\u0000' };
    expect({ ...attributesOf(headersOf(odd), missing), data: odd.data }).toEqual(odd);
  });
});

describe('a record of an outside producer', () => {
  const bare = { ...missing, source: 'outside', correlationId: 'derived', trail: [] };

  test.each<{ name: string; headers: Headers; attributes: Omit<Event, 'data'> }>([
    { name: 'without headers', headers: {}, attributes: bare },
    { name: 'with empty headers', headers: { ce_id: '', ce_type: '', ce_source: '', ce_time: '', ce_correlationid: '', ce_causationid: '', ce_trail: '' }, attributes: bare },
    { name: 'with headers of its own', headers: { trace: 'abc', ce_subject: 'x' }, attributes: bare },
    { name: 'with an id only', headers: { ce_id: 'theirs' }, attributes: { ...bare, id: 'theirs', correlationId: 'theirs' } },
    { name: 'with a type that would break the trail', headers: { ce_type: 'a@2026-03-02T09:00:00.000Z,problem.labeled.v1' }, attributes: bare },
    { name: 'with a type of two lines', headers: { ce_type: 'a\nb' }, attributes: bare },
    { name: 'with a time in Seoul', headers: { ce_time: '2026-03-02T18:00:00+09:00' }, attributes: { ...bare, time: '2026-03-02T09:00:00.000Z' } },
    ...['yesterday', '1', '2026-13-02T00:00:00Z', '2026-03-02', 'Mon, 02 Mar 2026 00:00:00 GMT'].map((time) => ({ name: `with the time ${time}`, headers: { ce_time: time }, attributes: bare })),
    { name: 'with a broken trail', headers: { ce_trail: ',@,a@,@2026-03-02T09:00:00Z,a b@2026-03-02T09:00:00Z,a@soon' }, attributes: bare },
    { name: 'with a half broken trail', headers: { ce_trail: 'x,a.v1@2026-03-02T09:00:00Z' }, attributes: { ...bare, trail: [{ type: 'a.v1', time: '2026-03-02T09:00:00Z' }] } },
  ])('$name is read', ({ headers, attributes }) => {
    expect(attributesOf(headers, missing)).toEqual(attributes);
  });
});
