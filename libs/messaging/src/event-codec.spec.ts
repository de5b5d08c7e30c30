import { defineEvent, derivedId, LabelProposed, type PermanentError, ProblemIngested, ProblemSubmitted } from '@math-labeler/contracts';
import fc from 'fast-check';
import { z } from 'zod';
import { type LogRecord } from './broker.js';
import { decode, encode } from './event-codec.js';

const NOW = Date.parse('2026-03-02T00:00:00.000Z');
const [ingested] = ProblemIngested.examples;

function recordOf(topic: string, value: unknown, headers: Record<string, string> = {}): LogRecord {
  const bytes = value instanceof Uint8Array ? value : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  return { topic, partition: 3, offset: 41, timestamp: NOW, headers, value: bytes };
}

function failureOf(act: () => unknown): PermanentError {
  try {
    act();
  } catch (error) {
    return error as PermanentError;
  }
  throw new Error('nothing was thrown');
}

describe('an event as a record', () => {
  it('comes back as it was told, with who told it and when', () => {
    const told = ProblemIngested.first('e-1', ingested);
    const record = encode(told, 'ingestion', NOW);
    expect(record).toMatchObject({ topic: 'problem.ingested.v1', key: '1' });
    const { contract, ...event } = told;
    expect(decode({ ...record, partition: 0, offset: 0, timestamp: 1 }, contract)).toEqual({ ...event, source: 'ingestion', time: '2026-03-02T00:00:00.000Z' });
  });

  it('keeps cause, correlation and trail of an event that follows from another', () => {
    const first = decode(recordOf(ProblemSubmitted.topic.name, { id: '1', content: '1+1' }, { ce_id: 'e-1', ce_time: '2026-03-01T00:00:00.000Z' }), ProblemSubmitted);
    const { partition, offset, timestamp } = recordOf('', '');
    const next = decode({ ...encode(ProblemIngested.from(first, ingested), 'ingestion', NOW), partition, offset, timestamp }, ProblemIngested);
    expect(next).toMatchObject({ id: derivedId('e-1', 'problem.ingested.v1'), correlationId: 'e-1', causationId: 'e-1', trail: [{ type: 'problem.submitted.v1', time: '2026-03-01T00:00:00.000Z' }] });
  });

  it('with any text in it, comes back to the letter', () => {
    const Note = defineEvent({ type: 'note.v1', description: '', schema: z.object({ text: z.string() }), key: ({ text }) => text, examples: [], consumers: [] });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const record = encode(Note.first('e-1', { text }), 'x', NOW);
        expect(decode({ ...record, partition: 0, offset: 0, timestamp: 0 }, Note).data).toEqual({ text });
      }),
    );
  });

  it('is refused when it is not what its contract says, with the field named', () => {
    const wrong = ProblemIngested.first('e-1', { problem: { ...ingested.problem, keywords: undefined as unknown as string[] } });
    expect(failureOf(() => encode(wrong, 'ingestion', NOW))).toMatchObject({ name: 'PermanentError', code: 'DELIVERY.INVALID_OUTPUT', message: expect.stringContaining('problem.ingested.v1 [problem.keywords]') });
  });
});

describe('a record as an event', () => {
  it('a bare JSON value on an input topic has an id of its place in the log and the time of its record', () => {
    expect(decode(recordOf('problem.submitted.v1', '{"text":"1+1"}'), ProblemSubmitted)).toEqual({
      id: derivedId('problem.submitted.v1', '3', '41'),
      correlationId: derivedId('problem.submitted.v1', '3', '41'),
      type: 'problem.submitted.v1',
      source: 'outside',
      time: '2026-03-02T00:00:00.000Z',
      trail: [],
      data: { text: '1+1' },
    });
  });

  it.each(['42', 'null', '[]', '{"content":7}'])('%s on an input topic is read, not judged: its handler rejects it with a reason', (value) => {
    expect(decode(recordOf('problem.submitted.v1', value), ProblemSubmitted).data).toEqual(JSON.parse(value));
  });

  it('what an outside producer calls its event, or takes for a time, goes no further', () => {
    const event = decode(recordOf('problem.submitted.v1', '{}', { ce_id: 'mine', ce_type: 'com.example.exercise', ce_time: 'yesterday', ce_source: 'console' }), ProblemSubmitted);
    expect(event).toMatchObject({ id: 'mine', type: 'problem.submitted.v1', time: '2026-03-02T00:00:00.000Z', source: 'console' });
  });

  it('a byte order mark is no part of the JSON', () => {
    expect(decode(recordOf('problem.submitted.v1', '\uFEFF{"text":"1"}'), ProblemSubmitted).data).toEqual({ text: '1' });
  });

  it.each([
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
    ['text that is not JSON', '{"text":'],
    ['nothing at all', ''],
  ])('%s is refused for good', (_what, value) => {
    expect(failureOf(() => decode(recordOf('problem.submitted.v1', value), ProblemSubmitted))).toMatchObject({ name: 'PermanentError', code: 'DELIVERY.NOT_JSON' });
  });

  it('a value of another shape is refused with its field and the reason in both languages', () => {
    const error = failureOf(() => decode(recordOf('label.proposed.v1', { ...LabelProposed.examples[0], look: 'third' }), LabelProposed));
    expect(error).toMatchObject({ code: 'DELIVERY.INVALID_EVENT', message: 'label.proposed.v1 [look] first, second 가운데 하나여야 합니다 · must be one of first, second' });
  });
});
