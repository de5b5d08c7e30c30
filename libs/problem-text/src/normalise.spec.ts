import fc from 'fast-check';
import { normalise } from './normalise.js';

/** Where this differs from a plain reading on purpose stands in the groups' names. */
const cases: Readonly<Record<string, readonly (readonly [raw: string, text: string])[]>> = {
  'Unicode forms': [
    ['\u1112\u1161\u11ab \u1107\u1167\u11ab', '한 변'],
    ['１２㎝＋３㎝', '12cm+3cm'],
    ['① 1 ② 2', '① 1 ② 2'],
    ['가\u200b나\ufeff다\u00a0라\u3000마', '가나다 라 마'],
    ['수\ud800를\udc00 세어', '수를 세어'],
    ['수\u0000를\u0007 세어\r\n쓰세요\t.', '수를 세어\n쓰세요 .'],
    ['🍎 3개', '🍎 3개'],
  ],
  HTML: [
    ['수를<br>쓰세요.<BR/>답: ', '수를\n쓰세요.\n답:'],
    ['<p>다음</p>\n<p class="q">가</p>', '다음\n가'],
    ['알맞지 <u>않은</u> <b>것</b>은?', '알맞지 않은 것은?'],
    ['답은 <u>&nbsp;&nbsp;&nbsp;</u>개', '답은 □개'],
    ['넓이는 12 cm<sup>2</sup>', '넓이는 12 cm²'],
    ['<img src="a.png" alt="사과 7개">수를 세어', '[그림: 사과 7개]수를 세어'],
    ['<img src="a.png">수를 세어', '[그림]수를 세어'],
    ['<table><tr><th>색</th><td>빨강</td></tr><tr><th>수</th><td>3</td></tr></table>몇 명?', '색 | 빨강\n수 | 3\n몇 명?'],
    ['3 &lt; 5 &amp; 7 &gt; 2', '3 < 5 & 7 > 2'],
    ['3 < 5이고 □ < 7', '3 < 5이고 □ < 7'],
    ['가<나이고 나>다', '가<나이고 나>다'],
    ['<보기>에서 고르세요.', '<보기>에서 고르세요.'],
    ['수<!-- 3 < 4 -->를 쓰세요.', '수를 쓰세요.'],
  ],
  'LaTeX signs': [
    ['$3 \\times 4 \\div 2$', '3 × 4 ÷ 2'],
    ['$85\\div6=12\\cdots13$', '85÷6=12…13'],
    ['$\\square + 3 = 7$', '□ + 3 = 7'],
    ['$60^\\circ$와 $30^{\\circ}$', '60° 와 30°'],
    ['$5\\mathrm{~cm}$, $2~\\text{kg}$', '5 cm , 2 kg'],
    ['$7\\,\\mathrm{km}^2$', '7 km²'],
    ['3~5 사이', '3~5 사이'],
    ['$\\left(3+4\\right)\\times 2$', '(3+4)× 2'],
    ['\\(1+2\\) \\[3\\]', '1+2 3'],
    ['$\\overline{AB}$', 'AB'],
    ['답: $\\underline{\\qquad}$ $\\boxed{}$', '답: □ □'],
    ['$\\therefore 3$', '∴ 3'],
    ['$. $ $3', '. 3'],
    ['\\500원', '\\500원'],
    ['$\\unknown{3}$', '3'],
  ],
  'LaTeX fractions': [
    ['\\frac{1}{2}', '1/2'],
    ['$3\\dfrac{1}{2}+\\tfrac{2}{3}=\\cfrac{\\square}{6}$', '3 1/2 + 2/3 = □/6'],
    ['$8\\frac13-\\frac1{10}$', '8 1/3 - 1/10'],
    ['\\frac{6\\div\\square}{7}', '6÷□/7'],
    ['\\frac{1}{\\frac{2}{3}}', '1/(2/3)'],
    ['\\frac{}{4}', '□/4'],
    ['\\frac{1', '□/1'],
  ],
  'LaTeX layout, 세로셈': [
    ['\\begin{array}{r} 4\\square7 \\\\ +\\ 285 \\\\ \\hline 752 \\end{array}', '4□7 + 285\n752'],
    ['\\begin{array}{c|ccc} & 3 & 6 \\\\ + & 4 & 1 \\\\ \\hline & & \\end{array}', '36 + 41'],
    ['\\begin{aligned} 3 & + 4 \\\\ & = 7 \\end{aligned}', '3 + 4\n= 7'],
    ['\\begin{array}{r} 5\\enclose{longdiv}{60} \\end{array}', '5)60'],
    ['\\begin{array}{r} 3', '3'],
  ],
  'fractions and decimals': [
    ['½과 2¾', '1/2과 2 3/4'],
    ['4분의 3', '3/4'],
    ['2와 4분의 3', '2 3/4'],
    ['1⁄2', '1/2'],
    ['3·5', '3.5'],
    ['12,345원과 1,2,3', '12345원과 1,2,3'],
  ],
  units: [
    ['3 센티미터, 2 킬로그램, 5리터', '3 cm, 2 kg, 5L'],
    ['12 cm2, 3 m^2, 4 cm 2', '12 cm², 3 m², 4 cm²'],
    ['7cm 3mm, 4 m 2 cm', '7cm 3mm, 4 m 2 cm'],
    ['1 세제곱센티미터', '1 cm³'],
    ['60퍼센트', '60%'],
  ],
  'blanks and operators': [
    ['▢ + ☐ = __ + [  ]', '□ + □ = □ + □'],
    ['(   )개', '( )개'],
    ['3 + ㅁ = 7', '3 + □ = 7'],
    ['ㅁ은 자음', 'ㅁ은 자음'],
    ['5 x 3, 5*3, 5✕3', '5 × 3, 5 × 3, 5×3'],
    ['7 − 2, 7 – 2', '7 - 2, 7 - 2'],
  ],
  'scanner slips': [
    ['1O개, l0명, 3I권', '10개, 10명, 31권'],
    ['2L, 15mL, AB', '2L, 15mL, AB'],
    ['4| ○ | | |', '4| ○ | | |'],
    ['| 9 |10\n2|개', '| 9 |10\n21개'],
  ],
  'written sums and spaces': [
    ['  3 6\n+ 4 1', '36 + 41'],
    ['  5 □ 2\n- 1 8 4\n-----', '5□2 - 184\n-----'],
    ['수를   세어  쓰세요. ', '수를 세어 쓰세요.'],
  ],
};

describe.each(Object.entries(cases))('normalise: %s', (_, table) => {
  test.each(table)('%j reads %j', (raw, text) => {
    expect(normalise(raw)).toBe(text);
  });

  test.each(table)('%j changes no more the second time', (raw) => {
    expect(normalise(normalise(raw))).toBe(normalise(raw));
  });
});

describe('normalise takes any string', () => {
  const scraps = ['\\frac', '{', '}', '$', '^2', '\\begin{array}', '\\end{array}', '&nbsp;', '<td>', '<', '>', '□', '1', '분의', ' ', '\n', '|', 'O', 'cm', '½', '\ud800', '\\'];

  test('and never throws, nor leaves controls or spaces at the ends', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom(...scraps), { maxLength: 30 }).map((parts) => parts.join(''))), (raw) => {
        const text = normalise(raw);
        expect(text).toBe(text.trim());
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
      }),
      { numRuns: 500 },
    );
  });

  // Doubling the time with the length is fine, squaring it is not: a quadratic step takes minutes on these, this takes milliseconds.
  test.each([...scraps, '1', ' ', '(', '[', '□', '\\frac{', '\\frac{1}{', '\\begin{array}1\\end{array}', '1\n+ ', '1,234,', '1 분의 ', '<u> ', '<!--', '|1', '_ ', '~{'])(
    '100,000 characters of %j take no second',
    (scrap) => {
      // The syllable makes it a text that Korean patterns are tried on at all.
      const raw = `가${scrap.repeat(Math.ceil(100_000 / scrap.length))}`;
      const before = performance.now();
      normalise(raw);
      expect(performance.now() - before).toBeLessThan(1000);
    },
  );
});
