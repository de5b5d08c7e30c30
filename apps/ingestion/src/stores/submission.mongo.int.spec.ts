import { mongoText } from '@math-labeler/storage';
import { describeOnMongo, MongoPlaces } from '../../../../libs/storage/src/mongo/mongo-places.fixture.js';
import { describeSubmissionStore } from './submission.behaviour.js';
import { INGESTION_PROBLEMS, INGESTION_TEXTS, MongoSubmissionStore } from './submission.mongo.js';

describeOnMongo('submissions in MongoDB', () => {
  const places = new MongoPlaces([INGESTION_PROBLEMS, INGESTION_TEXTS]);
  afterAll(() => places.close());
  describeSubmissionStore(() => places.place((store) => new MongoSubmissionStore(store)));

  test('eight instances that meet the same words at once tell all of them of the same first one', async () => {
    const open = places.place((store) => new MongoSubmissionStore(store));
    const stores = await Promise.all(Array.from({ length: 8 }, open));
    const told = await Promise.all(stores.map((store, i) => store.register({ id: String(i), eventId: `e${i}`, fingerprint: 'f' })));
    expect(new Set(told.map(({ first }) => first)).size).toBe(1);
    expect(told.map(({ held }) => held.id)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
  });

  test('eight instances that get the same id at once leave it with one of them', async () => {
    const open = places.place((store) => new MongoSubmissionStore(store));
    const stores = await Promise.all(Array.from({ length: 8 }, open));
    const told = await Promise.all(stores.map((store, i) => store.register({ id: '1', eventId: `e${i}`, fingerprint: `f${i}` })));
    expect(new Set(told.map(({ held }) => held.eventId)).size).toBe(1);
  });

  test('a problem whose instance was cut off before its words were kept is finished when its event comes again', async () => {
    const lone = await places.open();
    await lone.table(INGESTION_PROBLEMS).change(mongoText('1'), () => ({ next: { eventId: 'e1', fingerprint: 'f' }, result: undefined }));
    const store = new MongoSubmissionStore(lone);
    expect(await store.register({ id: '1', eventId: 'e1', fingerprint: 'f' })).toMatchObject({ first: '1' });
    expect(await store.register({ id: '2', eventId: 'e2', fingerprint: 'f' })).toMatchObject({ first: '1' });
  });

  test('any text is an id', async () => {
    const store = await places.place((one) => new MongoSubmissionStore(one))();
    for (const id of ['a\u0000b', '$a.b', '\ud800', '"\\ud800"', '__proto__']) {
      const submission = { id, eventId: `e ${id}`, fingerprint: `f ${JSON.stringify(id)}` };
      expect(await store.register(submission)).toEqual({ held: submission, first: id });
    }
  });
});
