import { type Notice } from '@math-labeler/problem-files';
import { NoticeBoard } from './notice-board.js';
import { listeningSession } from './session.fixture.js';

const notice = (code: string, file: string, line: number): Notice => ({ kind: 'notice', code, place: { file, line }, message: { ko: `${code} 알림`, en: `${code} notice` } });

test('three notices of a kind are shown for a file, then that there are more', () => {
  const { session, said } = listeningSession('ko');
  const board = new NoticeBoard();
  for (let line = 1; line <= 5; line++) board.put(notice('A', 'a.jsonl', line));
  board.put(notice('A', 'b.jsonl', 1));
  board.put(notice('B', 'a.jsonl', 9));
  expect(said()).toBe('');
  board.show(session);
  expect(said().trimEnd().split('\n')).toEqual(['a.jsonl:1: A 알림', 'a.jsonl:2: A 알림', 'a.jsonl:3: A 알림', '… 같은 알림이 더 있습니다', 'b.jsonl:1: A 알림', 'a.jsonl:9: B 알림']);
});

test('three notices are all there are', () => {
  const { session, said } = listeningSession('en');
  const board = new NoticeBoard();
  for (let line = 1; line <= 3; line++) board.put(notice('A', 'a.jsonl', line));
  board.show(session);
  expect(said()).not.toContain('more');
});
