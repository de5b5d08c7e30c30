import { sharedElasticsearch } from '../../../../tools/test-servers/index.mjs';
import { ANALYZE_CASES } from './analyze-cases.fixture.js';
import { SearchServer } from './search-server.fixture.js';

const url = await sharedElasticsearch();

(url === undefined ? describe.skip : describe)('words and characters as the server reads them', () => {
  const server = new SearchServer(url!);
  let name: string;
  beforeAll(async () => {
    const index = await server.empty();
    [{ name }] = await index.versions.list();
  });
  afterAll(() => server.removeAll());

  /** The tokens of each text, all in one request: the server says where in all the texts, one behind another, each token begins. */
  async function tokensOf(analyzer: 'words' | 'grams', texts: readonly string[]): Promise<string[][]> {
    const response = await fetch(`${url}/${name}/_analyze`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ analyzer, text: texts }) });
    const { tokens } = (await response.json()) as { readonly tokens: readonly { readonly token: string; readonly start_offset: number }[] };
    let end = 0;
    return texts.map((text) => {
      const start = end;
      end += text.length + 1;
      return tokens.filter(({ start_offset: at }) => at >= start && at < end).map(({ token }) => token);
    });
  }

  test('terms and expressions of lessons become the words that a search is to compare', async () => {
    expect(ANALYZE_CASES.length).toBeGreaterThanOrEqual(200);
    const read = await tokensOf('words', ANALYZE_CASES.map(([text]) => text));
    expect(ANALYZE_CASES.map(([text], i) => `${text} → ${read[i].join(' ')}`)).toEqual(ANALYZE_CASES.map(([text, words]) => `${text} → ${words}`));
  });

  test.each([
    ['(15,7)', '157'], ['15,7', '157'], ['3/4', '34'], ['3.14', '314'], ['1 m 20 cm', '120'], ['2시간 30분', '230'], ['3 : 4', '34'], ['27 + 15', '2715'], ['1/2', '12'],
  ])('%s is never read as %s, word or characters', async (text, wrong) => {
    const [words] = await tokensOf('words', [text]);
    const [grams] = await tokensOf('grams', [text]);
    expect(words).not.toContain(wrong);
    expect(words.length).toBeGreaterThan(1);
    expect(grams).not.toContain(wrong);
  });

  test.each([
    ['이등변삼각형', '삼각형'], ['최대공약수를 구하세요', '공약수'], ['정육각형', '육각형'], ['꺾은선그래프', '그래프'], ['덧셈식', '덧셈'], ['세 자리 수', '세자리 수'],
    ['□ + 3 = 5', '빈칸'], ['제곱센티미터', '센티미터'], ['삼각기둥', '기둥'], ['옳지 않은 것', '않은'], ['사각형이 아닌 도형', '아닌'],
  ])('%s is found by %s', async (text, sought) => {
    const [words, wanted] = await tokensOf('words', [text, sought]);
    expect(wanted.length).toBeGreaterThan(0);
    expect(words).toEqual(expect.arrayContaining(wanted));
  });

  test('every two and three visible characters side by side are compared too, symbols among them', async () => {
    const [plain, blanks] = await tokensOf('grams', ['3 + □', 'AB 1/2']);
    expect([...plain].sort()).toEqual(['+□', '3+', '3+□'].sort());
    expect([...blanks].sort()).toEqual(['ab', 'ab1', 'b1', 'b1/', '1/', '1/2', '/2'].sort());
  });
});
