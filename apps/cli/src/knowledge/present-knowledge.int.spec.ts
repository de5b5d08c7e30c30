import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readKnowledge } from '@math-labeler/labeler';
import { MINUTES, Workplace } from '../mathlabel.fixture.js';
import { listeningSession } from '../session.fixture.js';
import { presentKnowledge } from './present-knowledge.js';

let place: Workplace;
let env: { readonly DATA_DIR: string };
beforeEach(() => {
  place = new Workplace();
  env = { DATA_DIR: join(place.folder, 'data') };
});
afterEach(() => place.remove());

const present = () => presentKnowledge({ ...listeningSession('ko').session, env });

test('without an import it is the shipped knowledge, and no database is made', async () => {
  expect((await present()).fingerprints).toEqual((await readKnowledge()).fingerprints);
  expect(existsSync(env.DATA_DIR)).toBe(false);
});

test('what was imported belongs to it from then on, as another data set of the same curriculum', async () => {
  const shipped = await readKnowledge();
  const file = place.file('own.jsonl', '{"id":"1","content":"운동장에 깃발이 열두 개 꽂혀 있어요. 하나씩 세어 적어 보세요.","category":{"대분류":"수와 연산","중분류":"네 자리 이하의 수","하위 분류":"[2수01-01-A]"}}\n');
  expect(await place.run(['knowledge', 'import', file], { env: { ...env, MONGODB_URI: '' } })).toMatchObject({ code: 0 });
  const { examples, fingerprints } = await present();
  expect(examples).toHaveLength(shipped.examples.length + 1);
  expect(examples.at(-1)).toMatchObject({ author: 'imported-own', code: '2수01-01', level: 'A' });
  expect(fingerprints.taxonomy).toBe(shipped.fingerprints.taxonomy);
  expect(fingerprints.dataset).not.toBe(shipped.fingerprints.dataset);
}, MINUTES);
