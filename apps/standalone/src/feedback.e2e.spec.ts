import { post, view, type View } from './client.fixture.js';
import { labelsByEventId, RESULTS, SECONDS, Server, until } from './server.fixture.js';

const PROBLEM = { id: '101', content: '달나라 토끼가 절구로 쑥떡을 37개 빚고 12개를 더 빚었습니다. 토끼가 빚은 쑥떡은 모두 몇 개입니까?' };
/** Another problem of the same kind, new each time. */
const likeIt = (n: number) => ({ id: `like-${n}`, content: `달나라 토끼가 절구로 쑥떡을 ${40 + n}개 빚고 ${20 + n}개를 더 빚었습니다. 토끼가 빚은 쑥떡은 모두 몇 개입니까?` });
const CORRECTION = { 대분류: '수와 연산', 중분류: '네 자리 이하의 수', '하위 분류': '[2수01-01-B]' };

describe('what a reviewer answers', () => {
  let server: Server;
  let own: View;

  beforeAll(async () => {
    server = await Server.start();
    own = (await (await post(server.url, '/api/problems?wait=30', PROBLEM)).json()) as View;
  }, 300 * SECONDS);
  afterAll(() => server.remove());

  it('given a correction, then it is a new revision at once, on the API and on the result topic', async () => {
    expect(own.label).toMatchObject({ revision: 1 });
    const answer = await post(server.url, '/api/feedback?wait=5', { problem_id: 101, correct_labels: CORRECTION, reviewer: 'kim' });
    expect(answer.status).toBe(200);
    expect(await view(server.url, '101')).toMatchObject({ status: 'corrected', label: { code: '2수01-01', level: 'B', revision: 2, decidedBy: 'reviewer' } });
    const revisions = [...labelsByEventId(await server.records(RESULTS)).values()].filter(({ id }) => id === '101');
    expect(revisions.map(({ revision, code, reviewer }) => ({ revision, code, reviewer }))).toEqual([
      { revision: 1, code: own.label?.code, reviewer: undefined },
      { revision: 2, code: '2수01-01', reviewer: 'kim' },
    ]);
  });

  it('given a correction, then within a second it is evidence for the next problem of its kind', async () => {
    let n = 0;
    await until(async () => (await label(likeIt(n++))).evidence.examples.some(({ id }) => id === 'review:101'), 'the reviewed problem as evidence', 1 * SECONDS);
  });

  it('given two reviewers who disagree, then both are kept and the problem is contested', async () => {
    await post(server.url, '/api/feedback?wait=5', { problem_id: '101', correct_labels: { '하위 분류': '[2수01-05-C]' }, reviewer: 'lee' });
    await until(async () => (await view(server.url, '101')).label?.revision === 3, 'the third revision', 5 * SECONDS);
    expect(await view(server.url, '101')).toMatchObject({ label: { contested: true, revision: 3 } });
    expect((await label(likeIt(1000))).evidence.examples.map(({ id }) => id)).not.toContain('review:101');
  });

  it.each([
    ['an unknown problem', { problem_id: 'nobody', confirm: true }, 404, 'FEEDBACK.UNKNOWN_PROBLEM'],
    ['an unknown standard', { problem_id: '101', correct_labels: { '하위 분류': '[2수99-99-A]' } }, 422, undefined],
    ['a domain that is not the standard’s', { problem_id: '101', correct_labels: { ...CORRECTION, 대분류: '도형과 측정' } }, 422, undefined],
  ])('given feedback for %s, then it is rejected with the reason and nothing is changed', async (_, feedback, status, code) => {
    const before = await server.count(RESULTS);
    const answer = await post(server.url, '/api/feedback', feedback);
    expect(answer.status).toBe(status);
    const document = (await answer.json()) as { code: string; detail: string };
    expect(document).toMatchObject({ code: code ?? expect.stringMatching(/^(?:FEEDBACK|GATEWAY)\./), detail: expect.stringMatching(/./) });
    expect(await server.count(RESULTS)).toBe(before);
  });

  async function label(problem: { readonly id: string; readonly content: string }) {
    const answer = (await (await post(server.url, '/api/problems?wait=10', problem)).json()) as View;
    return answer.label!;
  }
});
