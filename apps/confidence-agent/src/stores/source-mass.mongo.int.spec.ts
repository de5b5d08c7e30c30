import { describeOnMongo, MongoPlaces } from '../../../../libs/storage/src/mongo/mongo-places.fixture.js';
import { describeSourceMassStore } from './source-mass.behaviour.js';
import { CONFIDENCE_SOURCE_MASSES, MongoSourceMassStore } from './source-mass.mongo.js';

describeOnMongo('masses of sources in MongoDB', () => {
  const places = new MongoPlaces([CONFIDENCE_SOURCE_MASSES]);
  afterAll(() => places.close());
  describeSourceMassStore(() => places.place((store) => new MongoSourceMassStore(store)));

  test('problems that eight instances count at once are each counted once, in one order for all', async () => {
    const open = places.place((store) => new MongoSourceMassStore(store));
    const stores = await Promise.all(Array.from({ length: 8 }, open));
    await Promise.all(stores.flatMap((store, i) => ['same', `${i}a`, `${i}b`].map((id) => store.count('문제집 \ud800', id, [i / 8, 0, 0]))));
    const masses = await stores[0].masses('문제집 \ud800', 100);
    expect(masses).toHaveLength(17);
    expect(await stores[7].masses('문제집 \ud800', 5)).toEqual(masses.slice(0, 5));
    expect(await stores[1].count('문제집 \ud800', 'same', [0, 0, 0])).toBe(17);
  });
});
