import { type GradeBand, type Semester, type Standard } from '@math-labeler/curriculum';
import { readToldGrade, type ToldGrade, toldGradePrior } from './told-grade.js';

const third: ToldGrade = { band: '3-4', year: 3 };

describe('a told grade', () => {
  test.each([
    ['3학년', third],
    ['3', third],
    [3, third],
    ['３학년', third],
    ['3학년'.normalize('NFD'), third],
    [' 3 학년 ', third],
    ['P3', third],
    ['p3', third],
    ['Ｐ３', third],
    ['E3', third],
    ['초3', third],
    ['초등 3학년', third],
    ['초등학교 3학년', third],
    ['1', { band: '1-2', year: 1 }],
    ['6학년', { band: '5-6', year: 6 }],
    ['3-1', { ...third, semester: 1 }],
    ['3.2', { ...third, semester: 2 }],
    ['3_2', { ...third, semester: 2 }],
    ['1-2', { band: '1-2', year: 1, semester: 2 }],
    ['3학년 1학기', { ...third, semester: 1 }],
    ['3학년2학기', { ...third, semester: 2 }],
    ['초등학교 3학년 2학기', { ...third, semester: 2 }],
    ['3학년-2', { ...third, semester: 2 }],
    ['3~4학년군', { band: '3-4' }],
    ['３～４학년군', { band: '3-4' }],
    ['3∼4학년', { band: '3-4' }],
    ['3〜4학년', { band: '3-4' }],
    ['3–4학년군', { band: '3-4' }],
    ['초등학교 3~4학년군', { band: '3-4' }],
    ['3-4', { band: '3-4' }],
    ['1~2학년군', { band: '1-2' }],
    ['1-2학년', { band: '1-2' }],
    ['5-6학년군', { band: '5-6' }],
  ])('%j is read', (written, told) => {
    expect(readToldGrade(written)).toEqual(told);
  });

  test.each([
    '', ' ', '중1', '중학교 1학년', 'M1', 'H2', '고1', '0', '7', '9학년', '학년', '3학년 3학기', '1~4학년군', '3~6', '2~3학년', '-3', '3반',
    undefined, null, {}, [3], true, NaN, -3,
  ])('%j is no elementary grade', (written) => {
    expect(readToldGrade(written)).toBeUndefined();
  });

  test.each(['11', '12', 11, 12, 'P12', '31'])('%j is a higher grade or a number, not a year and its semester', (written) => {
    expect(readToldGrade(written)).toBeUndefined();
  });

  test.each([
    ['3학년', '2학기', 2],
    ['P3', 1, 1],
    ['3', '２ 학기', 2],
    ['3-1', '2학기', 1],
    ['3', '3학기', undefined],
    ['3', '', undefined],
    ['3', null, undefined],
    ['3', undefined, undefined],
  ])('%j with %j beside it is of semester %j', (grade, semester, read) => {
    expect(readToldGrade(grade, semester)).toEqual({ ...third, ...(read === undefined ? {} : { semester: read }) });
  });

  test('a semester without a grade tells nothing', () => {
    expect(readToldGrade('', '1학기')).toBeUndefined();
  });
});

describe('the prior that a told grade gives', () => {
  const standard = (gradeBand: GradeBand, ...semesters: Semester[]): Standard => ({ code: '', domain: '수와 연산', unit: '', statement: '', gradeBand, semesters });
  const standards = [standard('3-4', '3-1', '3-2'), standard('3-4', '3-2'), standard('3-4', '4-1'), standard('1-2', '2-2'), standard('5-6', '5-1')];
  const penalties = (told: ToldGrade) => [...toldGradePrior(told, standards)];

  test('falls with the distance: same semester, same year, same band, next band', () => {
    const [same, year, band, below, above] = penalties({ band: '3-4', year: 3, semester: 1 });
    expect(same).toBe(0);
    expect(year).toBeLessThan(same);
    expect(band).toBeLessThan(year);
    expect(below).toBeLessThan(band);
    expect(above).toBe(below);
  });

  test('is lowest two bands away, and nowhere a wall', () => {
    const [, , , first, last] = penalties({ band: '1-2', year: 2, semester: 2 });
    expect(first).toBe(0);
    expect(last).toBe(Math.min(...penalties({ band: '1-2', year: 2, semester: 2 })));
    expect(penalties({ band: '1-2', year: 2 })[1]).toBeGreaterThan(last);
    expect(Number.isFinite(last)).toBe(true);
  });

  test('without a semester does not tell the standards of the year apart', () => {
    expect(penalties({ band: '3-4', year: 3 }).slice(0, 2)).toEqual([0, 0]);
    expect(penalties({ band: '3-4', year: 3 })[2]).toBeLessThan(0);
  });

  test('without a year does not tell the standards of the band apart', () => {
    expect(penalties({ band: '3-4' }).slice(0, 3)).toEqual([0, 0, 0]);
    expect(penalties({ band: '3-4' })[3]).toBeLessThan(0);
  });
});
