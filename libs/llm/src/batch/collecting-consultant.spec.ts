import { GroupCommit, openDatabase } from '@math-labeler/storage';
import { question } from '../openai/question.fixture.js';
import { openReplies } from '../replies/open-replies.js';
import { REPLY } from '../scripted-model.fixture.js';
import { CollectingConsultant } from './collecting-consultant.js';

test('what is stored is given; what is not is unavailable, and collected once, until it is taken', async () => {
  const database = openDatabase(':memory:');
  const replies = openReplies({ database, commits: new GroupCommit(database) });
  const consultant = new CollectingConsultant('m', replies);
  await replies.keep('m', question(0).key, REPLY);
  expect(await consultant.consult(question(0))).toEqual(REPLY);
  for (const sample of [1, 2, 1]) expect(await consultant.consult(question(sample))).toBe('unavailable');
  expect(consultant.take().map(({ key }) => key.sample)).toEqual([1, 2]);
  expect(consultant.take()).toEqual([]);
});
