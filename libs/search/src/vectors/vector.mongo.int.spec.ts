import { describeOnMongo, MongoPlaces } from '../../../storage/src/mongo/mongo-places.fixture.js';
import { describeVectorStore } from './vector.behaviour.js';
import { MongoVectorStore, SEARCH_COLLECTIONS } from './vector.mongo.js';

describeOnMongo('vectors in MongoDB', () => {
  const places = new MongoPlaces(SEARCH_COLLECTIONS);
  afterAll(() => places.close());
  describeVectorStore(() => places.place((store) => new MongoVectorStore(store)));
});
