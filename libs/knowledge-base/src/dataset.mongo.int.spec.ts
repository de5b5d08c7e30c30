import { describeOnMongo, MongoPlaces } from '../../storage/src/mongo/mongo-places.fixture.js';
import { describeDatasetStore } from './dataset.behaviour.js';
import { KNOWLEDGE_COLLECTIONS, KNOWLEDGE_ROWS, MongoDatasetStore } from './dataset.mongo.js';
import { row } from './rows.fixture.js';

describeOnMongo('versions of the knowledge base in MongoDB', () => {
  const places = new MongoPlaces(KNOWLEDGE_COLLECTIONS);
  afterAll(() => places.close());
  describeDatasetStore(() => places.place((store) => new MongoDatasetStore(store)));

  test('the Korean names of the category are stored, and found, as they are', async () => {
    const store = await places.open();
    await new MongoDatasetStore(store).keepRows('d', [row('3 + 5', { code: '2수01-04', level: 'A' }), row('1', {})]);
    const found = await store.table(KNOWLEDGE_ROWS).find({ 'category.하위 분류': '[2수01-04-A]' });
    expect(found).toMatchObject([{ content: '3 + 5', category: { 대분류: '수와 연산', 중분류: '덧셈과 뺄셈', '하위 분류': '[2수01-04-A]' } }]);
  });
});
