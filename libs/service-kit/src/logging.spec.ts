import { Writable } from 'node:stream';
import { NestLog, openLogger } from './logging.js';

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

test.each<[string, (logger: ReturnType<typeof openLogger>) => void]>([
  ['in the message', (logger) => logger.error('cannot read: 이름: 김민수, 010-1234-5678')],
  ['in a field, however deep', (logger) => logger.error({ problem: { texts: ['이름: 김민수\n010-1234-5678'] } }, 'failed')],
  ['in an error', (logger) => logger.error({ err: new Error('cannot read: 이름: 김민수\n010-1234-5678') }, 'failed')],
  ['in the cause of an error', (logger) => logger.error(new Error('failed', { cause: new Error('이름: 김민수 010-1234-5678') }))],
  ['in what a logger says every time', (logger) => logger.child({ about: '이름: 김민수 (010-1234-5678)' }).error('failed')],
  ['in what Nest says', (logger) => new NestLog(logger).error('failed', '이름: 김민수', '010-1234-5678')],
])('personal data %s is masked', (_, write) => {
  const written = JSON.stringify(logged(write));
  expect(written).toContain('이름: [이름]');
  expect(written).toContain('[전화번호]');
  expect(written).not.toMatch(/김민수|1234/);
});

test('personal data that only a line end tells from other words is masked', () => {
  expect(logged((logger) => logger.error('이름 김민수\n3 + 4 = □'))).toMatchObject([{ msg: '이름 [이름]\n3 + 4 = □' }]);
});

test('a line without personal data is written as it is, with its numbers and line ends', () => {
  const about = { offset: '01012', at: 9001011234567, path: 'C:\\labels', stack: 'Error: 010을 거꾸로\n    at read (file.js:10:12)', ids: ['0f31-1234-5678'] };
  expect(logged((logger) => logger.warn(about, '지우네 화분'))).toMatchObject([{ ...about, msg: '지우네 화분' }]);
});

test('what is below the level is not written', () => {
  expect(logged((logger) => (logger.debug('no'), logger.info('yes'))).map(({ msg }) => msg)).toEqual(['yes']);
});
