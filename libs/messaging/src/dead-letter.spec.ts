import { derivedId } from '@math-labeler/contracts';
import { type LogRecord, type NewRecord } from './broker.js';
import { deadLetterOf, readDeadLetter, revive } from './dead-letter.js';

const AT = Date.parse('2026-03-02T09:00:00.000Z');
const record: LogRecord = { topic: 'problem.ingested.v1', partition: 2, offset: 7, timestamp: 1, key: '1', headers: { ce_id: 'e-1', ce_correlationid: 'c-1', 'x-own': '가' }, value: Buffer.from([0xff, 0x00, 0x41]) };
const failure = { service: 'retrieval', code: 'BUG', reason: '색인이 없다', stack: 'Error: 색인이 없다\n  at here', tries: 3, at: AT };

const stored = (letter: NewRecord, offset = 0): LogRecord => ({ ...letter, partition: 0, offset, timestamp: 2 });

describe('a dead letter', () => {
  it('keeps the bytes, the key and the headers of the original, and adds what happened', () => {
    const letter = deadLetterOf(record, failure);
    expect(letter).toMatchObject({ topic: 'problem.ingested.v1.dlq', key: '1', value: record.value, headers: record.headers });
    expect(letter.headers).toMatchObject({ ml_dead_service: 'retrieval', ml_dead_code: 'BUG', ml_dead_tries: '3', ml_dead_at: '2026-03-02T09:00:00.000Z', ml_dead_partition: '2', ml_dead_offset: '7' });
  });

  it('reads as what people need to know', () => {
    expect(readDeadLetter(stored(deadLetterOf({ ...record, value: Buffer.from('{"a":1}') }, failure), 12))).toEqual({
      ...failure,
      topic: 'problem.ingested.v1',
      partition: 0,
      offset: 12,
      key: '1',
      eventId: 'e-1',
      correlationId: 'c-1',
      value: '{"a":1}',
    });
  });

  it('put back is the original again, to the byte', () => {
    const { topic, key, headers, value } = record;
    expect(revive(stored(deadLetterOf(record, failure)))).toEqual({ topic, key, headers, value });
  });

  it('of a record without key and headers, put back, has the id that its first place gave it, and keeps it when it dies again', () => {
    const bare: LogRecord = { topic: 'problem.submitted.v1', partition: 1, offset: 5, timestamp: 1, headers: {}, value: Buffer.from('{}') };
    const id = derivedId('problem.submitted.v1', '1', '5');
    const letter = stored(deadLetterOf(bare, failure));
    expect(readDeadLetter(letter).eventId).toBe(id);
    const revived = revive(letter);
    expect(revived).toEqual({ topic: bare.topic, headers: { ce_id: id }, value: bare.value });
    expect(revive(stored(deadLetterOf(stored(revived, 99), failure))).headers).toEqual({ ce_id: id });
  });

  it('that dies again tells of the last time only', () => {
    const again = deadLetterOf(stored(deadLetterOf(record, failure)), { service: 'labeling', code: 'X.Y', reason: 'other', tries: 1, at: AT });
    expect(again.headers).toMatchObject({ ml_dead_service: 'labeling', ml_dead_code: 'X.Y' });
    expect(again.headers).not.toHaveProperty('ml_dead_stack');
  });

  it('stays small, however much an error has to say', () => {
    const { headers } = deadLetterOf(record, { ...failure, reason: 'r'.repeat(1e6), stack: 's'.repeat(1e6) });
    expect(JSON.stringify(headers).length).toBeLessThan(10_000);
  });

  it('of a topic that keeps none is refused', () => {
    expect(() => revive(record)).toThrow('problem.ingested.v1 keeps no dead letters');
  });
});
