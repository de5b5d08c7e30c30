import { describeOnMongo, MongoPlaces } from '../../../../libs/storage/src/mongo/mongo-places.fixture.js';
import { describeReviewStore } from './review.behaviour.js';
import { FEEDBACK_LABELS, FEEDBACK_REVIEWS, MongoReviewStore } from './review.mongo.js';

describeOnMongo('reviews in MongoDB', () => {
  const places = new MongoPlaces([FEEDBACK_LABELS, FEEDBACK_REVIEWS]);
  afterAll(() => places.close());
  describeReviewStore(() => places.place((store) => new MongoReviewStore(store)));

  test('answers that come to eight instances at once are all kept, in one order, and each tells of those before it', async () => {
    const open = places.place((store) => new MongoReviewStore(store));
    const stores = await Promise.all(Array.from({ length: 8 }, open));
    const review = (i: number) => ({ eventId: `e${i}`, problemId: '1\u0000', reviewer: '김 \ud800 "', code: '2수01-01', level: 'B' }) as const;
    const told = await Promise.all(stores.map((store, i) => store.answer(review(i))));
    const all = await stores[0].answers('1\u0000');
    expect(all.map(({ eventId }) => eventId).sort()).toEqual(Array.from({ length: 8 }, (_, i) => `e${i}`));
    told.forEach((answers, i) => expect(answers).toEqual(all.slice(0, all.findIndex(({ eventId }) => eventId === `e${i}`) + 1)));
    expect(await stores[3].answer(review(3))).toEqual(told[3]);
  });
});
