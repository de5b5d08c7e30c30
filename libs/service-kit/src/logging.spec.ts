import { Writable } from 'node:stream';
import { openLogger } from './logging.js';

/** What a logger writes, as objects. */
function logged(write: (logger: ReturnType<typeof openLogger>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  const destination = new Writable({ write: (piece: Buffer, _, done) => (lines.push(piece.toString()), done()) });
  write(openLogger('info', destination));
  return lines.join('').trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('a line is JSON with its time and what it is about', () => {
  const [line] = logged((logger) => logger.warn({ correlationId: 'c1', topic: 'problem.ingested.v1' }, 'will try again'));
  expect(line).toMatchObject({ level: 40, correlationId: 'c1', topic: 'problem.ingested.v1', msg: 'will try again', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) });
});

test.each([
  ['an API key', { apiKey: 'ml_secret' }],
  ['the header of a request', { req: { headers: { authorization: 'Bearer ml_secret' } } }],
  ['another header of a request', { headers: { 'x-api-key': 'ml_secret' } }],
  ['a password within something', { mongo: { password: 'ml_secret' } }],
  ['a token', { token: 'ml_secret' }],
])('%s never reaches the log', (_, about) => {
  expect(JSON.stringify(logged((logger) => logger.error(about, 'failed')))).not.toContain('ml_secret');
});

test('what is below the level is not written', () => {
  expect(logged((logger) => (logger.debug('no'), logger.info('yes'))).map(({ msg }) => msg)).toEqual(['yes']);
});
