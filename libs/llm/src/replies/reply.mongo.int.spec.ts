import { describeOnMongo, MongoPlaces } from '../../../storage/src/mongo/mongo-places.fixture.js';
import { describeReplyStore } from './reply.behaviour.js';
import { LLM_REPLIES, MongoReplyStore } from './reply.mongo.js';

describeOnMongo('replies in MongoDB', () => {
  const places = new MongoPlaces([LLM_REPLIES]);
  afterAll(() => places.close());
  describeReplyStore(() => places.place((store) => new MongoReplyStore(store)));
});
