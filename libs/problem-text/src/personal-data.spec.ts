import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { MATHEMATICS, PERSONAL } from './personal-data.fixture.js';
import { findPersonalData, maskPersonalData, readText } from './personal-data.js';

const DATA = join(import.meta.dirname, '../../../data');

test.each(PERSONAL)('%j is read as %j', (text, masked) => {
  expect(maskPersonalData(text)).toBe(masked);
});

test.each(MATHEMATICS)('%j is mathematics', (text) => {
  expect(maskPersonalData(text)).toBe(text);
});

test('a text is normalised first, so that no width or kind of sign hides anything', () => {
  expect(readText('３학년 ２반 １７번　김민수<br>０１０－１２３４－５６７８', 'mask')).toBe('[학급] [이름]\n[전화번호]');
  expect(readText('이름：'.normalize('NFD') + '김민수'.normalize('NFD'), 'mask')).toBe('이름:[이름]');
});

test('where it is to be kept, a text is only normalised', () => {
  expect(readText('<b>010-1234-5678</b>', 'keep')).toBe('010-1234-5678');
});

test('what is found has its place in the text', () => {
  expect(findPersonalData('문의 02-123-4567, a@b.kr')).toEqual([
    { kind: 'phone', start: 3, end: 14 },
    { kind: 'email', start: 16, end: 22 },
  ]);
});

test('no problem of the knowledge base, of the evaluation set or of the samples holds personal data', () => {
  const files = ['knowledge', 'evaluation', 'samples'].flatMap((folder) => readdirSync(join(DATA, folder)).map((name) => join(DATA, folder, name)));
  const texts = files.flatMap((file) => readFileSync(file, 'utf8').split('\n')).map((line) => textOf(line));
  expect(texts.length).toBeGreaterThan(9000);
  expect(texts.filter((text) => readText(text, 'mask') !== readText(text, 'keep'))).toEqual([]);
});

/** Of a line of JSON its text; of any other, all of it. */
function textOf(line: string): string {
  if (!line.startsWith('{')) return line;
  const { text, content } = JSON.parse(line) as { text?: string; content?: string };
  return (text ?? content)!;
}

describe('whatever the text', () => {
  const scraps = [...PERSONAL.flatMap(([text]) => text.split(/(?<= )/)), ...MATHEMATICS.slice(0, 40), ' ', '\n', '-', '(', ')', ',', '.', '0', '7', '010', '@', '번', '반', '가', '이름:', '김', '[', ']'];
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom(...scraps), { maxLength: 14 }).map((parts) => parts.join('')));

  test('masking what is masked changes nothing', () => {
    fc.assert(fc.property(text, (each) => expect(maskPersonalData(maskPersonalData(each))).toBe(maskPersonalData(each))), { numRuns: 2000 });
  });

  test('nothing is changed where nothing is found, and everything beside what is found stays', () => {
    fc.assert(
      fc.property(text, (each) => {
        const found = findPersonalData(each);
        const masked = maskPersonalData(each);
        if (found.length === 0) expect(masked).toBe(each);
        let from = 0;
        for (const { start, end } of found) {
          expect(start).toBeGreaterThanOrEqual(from);
          expect(end).toBeGreaterThan(start);
          from = end;
        }
        expect(findPersonalData(masked)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test('what stands around personal data is left as it was', () => {
    const around = fc.constantFrom(...MATHEMATICS.filter((each) => /[.다요?]$/.test(each)));
    fc.assert(
      fc.property(around, fc.constantFrom(...PERSONAL), around, (before, [own, masked], behind) => {
        expect(maskPersonalData(`${before}\n${own}\n${behind}`)).toBe(`${before}\n${masked}\n${behind}`);
      }),
      { numRuns: 2000 },
    );
  });
});

// Processor time: other tests run beside this one. What is quadratic takes ten seconds and more.
test.each(['0', '1', '010', '010-', '010-1234-', '900101', '900101-', 'a', 'a@', 'a.', 'a@a.', '김', '가', '김민수', '김민수 ', '김민수, ', '이름: ', '이름: 김민수, ', '17번 ', '3학년 2반 ', '3학년 2반 17번 김민수, ', '○', '초', '초등학교 ', '학번 1', ' ', '-', '(', '+82 ', '3-', '전화 '])('200,000 characters of %j take no second', (scrap) => {
  // Something of each kind, so that every rule is tried.
  const hostile = `서울초등학교 3학년 2반 17번 김민수 이름 학생 학번 a@b.kr 010-1234-5678 ${scrap.repeat(Math.ceil(200_000 / scrap.length))}`;
  const before = process.cpuUsage();
  maskPersonalData(hostile);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(1000);
});
