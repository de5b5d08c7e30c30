import { TransientError } from '@math-labeler/contracts';
import { InputError } from '@math-labeler/curriculum';
import { openElasticsearchIndex } from '../open-elasticsearch-index.js';
import { type ElasticsearchKnowledgeIndex } from './elasticsearch-knowledge-index.js';
import { type StubAnswer, type StubServer, stubServer } from './stub-server.fixture.js';

const info = (number: string): StubAnswer => ({ status: 200, product: 'Elasticsearch', body: { name: 'n', cluster_name: 'c', version: { number, build_flavor: 'default' }, tagline: 'You Know, for Search' } });

describe('a server that is not as it should be', () => {
  let server: StubServer;
  let index: ElasticsearchKnowledgeIndex;
  const open = async (answer: StubAnswer) => {
    server = await stubServer(answer);
    index = await openElasticsearchIndex({ url: server.url, auth: { username: 'elastic', password: 'wrong' }, alias: 'knowledge' });
  };
  afterEach(async () => {
    await index?.close();
    await server?.stop();
  });

  test.each(['8.19.21', '10.0.0'])('a server %s is refused for good, both versions being named', async (version) => {
    await open(info(version));
    const refused = index.requireVersion();
    await expect(refused).rejects.toThrow(InputError);
    await expect(refused).rejects.toMatchObject({ code: 'SEARCH.WRONG_VERSION', field: 'ELASTICSEARCH_URL', reason: { ko: expect.stringMatching(new RegExp(`${version}.*9\\.x`)), en: expect.stringMatching(new RegExp(`${version}.*9\\.x`)) } });
    await expect(index.ping()).rejects.toMatchObject({ code: 'SEARCH.WRONG_VERSION' });
  });

  test('any server of the client’s major version will do', async () => {
    await open(info('9.0.0'));
    await expect(index.ping()).resolves.toBeUndefined();
  });

  test('what is no Elasticsearch is refused for good', async () => {
    await open({ status: 200, body: { version: { number: '9.1.0', distribution: 'another' } } });
    await expect(index.ping()).rejects.toMatchObject({ code: 'SEARCH.NOT_ELASTICSEARCH' });
  });

  test('a wrong password is said to be one, and may be mended while the product runs', async () => {
    await open({ status: 401, product: 'Elasticsearch', body: { error: { type: 'security_exception', reason: 'unable to authenticate user [elastic]' }, status: 401 } });
    for (const attempt of [() => index.ping(), () => index.search({ text: '원', limits: { example: 1 } }), () => index.put([{ id: '1', kind: 'example', code: '2수01-01', text: '원' }])]) {
      await expect(attempt()).rejects.toThrow(TransientError);
      await expect(attempt()).rejects.toThrow(/user name and password.*unable to authenticate/);
    }
  });

  test.each([429, 503])('a server that answers %i is asked at most twice, and again by whoever can wait', async (status) => {
    await open({ status, product: 'Elasticsearch', body: { error: { type: 'es_rejected_execution_exception', reason: 'queue full' }, status } });
    await expect(index.search({ text: '원', limits: { example: 1 } })).rejects.toThrow(TransientError);
    expect(server.requests.length).toBeLessThanOrEqual(2);
  });

  test('an address that is none is refused', async () => {
    await expect(openElasticsearchIndex({ url: 'not an address', alias: 'knowledge' })).rejects.toMatchObject({ code: 'SEARCH.BAD_URL', field: 'ELASTICSEARCH_URL' });
  });
});
