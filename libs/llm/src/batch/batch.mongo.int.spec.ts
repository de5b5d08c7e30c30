import { describeOnMongo, MongoPlaces } from '../../../storage/src/mongo/mongo-places.fixture.js';
import { describeBatchStore } from './batch.behaviour.js';
import { LLM_BATCHES, MongoBatchStore } from './batch.mongo.js';

describeOnMongo('batches in MongoDB', () => {
  const places = new MongoPlaces([LLM_BATCHES]);
  afterAll(() => places.close());
  describeBatchStore(() => places.place((store) => new MongoBatchStore(store)));
});
