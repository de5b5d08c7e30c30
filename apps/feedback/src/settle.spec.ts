import { settle } from './settle.js';
import { type Review } from './stores/review.store.js';

/** `kim X` is kim's answer that the standard is X. */
function answers(written: string): Review[] {
  return written.split(', ').map((answer, i) => {
    const [reviewer, code] = answer.split(' ');
    return { eventId: `e${i}`, problemId: '1', reviewer, code, level: 'B' };
  });
}

test.each([
  ['one answer holds', 'kim X', 'X, by kim'],
  ['two who disagree are contested, and the last answer stands meanwhile', 'kim X, lee Y', 'Y, by lee, contested'],
  ['two who agree are not, and the last one has said it', 'kim X, lee X', 'X, by lee'],
  ['a third reviewer settles what two contest', 'kim X, lee Y, park X', 'X, by park'],
  ['a third reviewer settles it the other way too', 'kim X, lee Y, park Y', 'Y, by park'],
  ['one who differs from two settles nothing, and the label is still of one of those two', 'kim X, park X, lee Y', 'X, by park'],
  ['three who all differ are contested', 'kim X, lee Y, park Z', 'Z, by park, contested'],
  ['one voice more among contested labels is not the one that stands', 'a X, b X, c Y, d Y, e Z', 'Y, by d, contested'],
  ['a reviewer’s second answer replaces the first', 'kim X, kim Y', 'Y, by kim'],
  ['answers without a name may be anybody’s: those that differ are contested', 'anonymous X, anonymous Y', 'Y, by anonymous, contested'],
  ['a reviewer who comes round ends the contest', 'kim X, lee Y, lee X', 'X, by lee'],
  ['a reviewer who says it twice has one voice', 'kim X, kim X, lee Y', 'Y, by lee, contested'],
  ['a reviewer who takes the older voice back leaves the newer one', 'kim X, lee X, kim Y', 'Y, by kim, contested'],
])('%s', (_, written, expected) => {
  const { code, contested, reviewer } = settle(answers(written));
  expect(`${code}, by ${reviewer}${contested ? ', contested' : ''}`).toBe(expected);
});

test('another level is another label', () => {
  const [kim, lee] = answers('kim X, lee X');
  expect(settle([kim, { ...lee, level: 'C' }])).toMatchObject({ level: 'C', contested: true });
});

test('each answer adds a revision to the labeller’s own', () => {
  expect(settle(answers('kim X')).revision).toBe(2);
  expect(settle(answers('kim X, kim X, lee X')).revision).toBe(4);
});
