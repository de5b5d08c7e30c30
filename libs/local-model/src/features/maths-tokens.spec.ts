import { analyse } from '@math-labeler/problem-text';
import { blockFeatures } from './blocks.js';

const maths = (text: string) => new Set(blockFeatures(analyse(text), 'm'));

describe('maths tokens (block m)', () => {
  test.each<[problem: string, has: string[], hasNot: string[]]>([
    ['27 + 35 = □', ['E:i2+i2', 'CARRY', 'SUM:i2', 'SUM<=100', 'X:n+n=□', 'XT:i2+i2=□', 'BLANK:rhs', 'OPSET:+', 'NEXPR:1', 'MAXD:i2i2'], ['NOCARRY', 'PAREN']],
    ['□ - 4 = 12', ['BLANK:lhs', 'E:□-i1', 'OPS:-'], ['BORROW', 'NOBORROW']],
    ['52 - 37', ['BORROW'], ['NOBORROW']],
    ['7 × 8', ['TIMESTABLE', 'PROD:i2'], ['BIGMUL']],
    ['24 × 13', ['BIGMUL', 'PROD:i3'], ['TIMESTABLE']],
    ['42 ÷ 6', ['EXACT', 'DIVTABLE', 'DIV<'], ['REMAINDER']],
    ['45 ÷ 6', ['REMAINDER', 'BIGDIV'], ['EXACT']],
    ['3 ÷ 4', ['DIV>'], ['DIV<']],
    ['(3 + 4) × 2', ['PAREN', 'OPS:+×', 'NOPS:2'], []],
    ['2/3 + 1/4', ['FR+diff', 'DEN:diff', 'FK:fp+fu', 'KINDS:frac'], ['DENMULT', 'FR+same']],
    ['1/3 + 5/6', ['DENMULT'], ['DEN10']],
    ['1 1/4 - 3/4', ['FR-same', 'DEN:same', 'FK:fm+fp'], ['FR-diff']],
    ['3/10은 소수로?', ['DEN:one', 'DEN10', 'DENALL10'], []],
    ['0.35 × 4', ['DEC×', 'N:d2z', 'MAXDEC:d2', 'KINDS:dec+int'], []],
    ['3 m 20 cm = □ cm', ['CMP:m-cm', 'U:m', 'U:cm', 'D:len', 'NU:i1:m', 'BU:cm'], ['CMP2']],
    ['2시간 30분 15초', ['CMP:시간-분', 'CMP:분-초', 'CMP2', 'CMP2:시간-분', 'D:dur', 'D:min'], []],
    ['사탕을 5개씩 12명에게', ['NU:i1:개', 'EACH:i1', 'NU:i2:명'], ['EACH:i2']],
    ['[그림: 사과] | 1 | 2 |', ['FIG', 'TABLE'], ['NOFIG']],
    ['사과를 세어 보세요.', ['NONUM', 'NOFIG', 'NN:0', 'LEN:0', 'KINDS:'], ['HASNUM']],
  ])('%s', (problem, has, hasNot) => {
    const features = maths(problem);
    expect(has.filter((feature) => !features.has(feature))).toEqual([]);
    expect(hasNot.filter((feature) => features.has(feature))).toEqual([]);
  });
});
