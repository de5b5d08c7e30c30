import { ProblemLabeled } from '@math-labeler/contracts';
import { describeOnMongo, MongoPlaces } from '../../../../libs/storage/src/mongo/mongo-places.fixture.js';
import { describeDecisionStore } from './decision.behaviour.js';
import { CONFIDENCE_DECISIONS, CONFIDENCE_REVIEWS, MongoDecisionStore } from './decision.mongo.js';

describeOnMongo('decisions in MongoDB', () => {
  const places = new MongoPlaces([CONFIDENCE_DECISIONS, CONFIDENCE_REVIEWS]);
  afterAll(() => places.close());
  describeDecisionStore(() => places.place((store) => new MongoDecisionStore(store)));

  const [label] = ProblemLabeled.examples;

  test('of eight instances that decide one problem at once, all tell of the same decision', async () => {
    const open = places.place((store) => new MongoDecisionStore(store));
    const stores = await Promise.all(Array.from({ length: 8 }, open));
    const kept = await Promise.all(stores.map((store, i) => store.decide({ eventId: `e${i}`, label })));
    expect(new Set(kept.map(({ eventId }) => eventId)).size).toBe(1);
    expect(await stores[0].decided(label.id)).toEqual(kept[0]);
  });

  test('of eight revisions that are settled at once, the highest stays', async () => {
    const open = places.place((store) => new MongoDecisionStore(store));
    const stores = await Promise.all(Array.from({ length: 8 }, open));
    await Promise.all(stores.map((store, i) => store.settle('1', { code: '2수01-02', level: 'B', contested: false, revision: i + 2, reviewer: 'kim' })));
    expect(await stores[0].settled('1')).toMatchObject({ revision: 9 });
  });

  test('whatever a problem brings with it is kept, and its category can be asked for by its Korean names', async () => {
    const store = await places.open();
    const metadata = JSON.parse('{"$set":{"a.b":1},"__proto__":{"x":1},"":"\\u0000 \\ud800","대분류":[null]}') as Record<string, unknown>;
    const odd = { eventId: 'e', label: { ...label, metadata } };
    await new MongoDecisionStore(store).decide(odd);
    expect(JSON.stringify(await new MongoDecisionStore(store).decided(label.id))).toBe(JSON.stringify(odd));
    const { 대분류: domain, '하위 분류': standardLevel } = label.category;
    expect(await store.table(CONFIDENCE_DECISIONS).find({ 'category.대분류': domain, 'category.하위 분류': standardLevel })).toMatchObject([{ category: label.category }]);
  });
});
