import { describeOnMongo, MongoPlaces } from '../../../../libs/storage/src/mongo/mongo-places.fixture.js';
import { describeLearnedExampleStore } from './learned-example.behaviour.js';
import { RETRIEVAL_LEARNED, MongoLearnedExampleStore } from './learned-example.mongo.js';

describeOnMongo('learned examples in MongoDB', () => {
  const places = new MongoPlaces([RETRIEVAL_LEARNED]);
  afterAll(() => places.close());
  describeLearnedExampleStore(() => places.place((store) => new MongoLearnedExampleStore(store)));

  test('of eight instances that learn different revisions at once, the highest stays', async () => {
    const open = places.place((store) => new MongoLearnedExampleStore(store));
    const stores = await Promise.all(Array.from({ length: 8 }, open));
    const example = (revision: number) => ({ id: '1\u0000', revision, text: `글 \ud800 \u0000 ${revision}`, code: '2수01-06', level: 'B', contested: false }) as const;
    await Promise.all(stores.map((store, i) => store.learn(example(i + 1))));
    expect(await stores[0].all()).toEqual([example(8)]);
  });
});
