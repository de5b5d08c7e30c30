import { randomUUID } from 'node:crypto';
import { ProblemLabeled } from '@math-labeler/contracts';
import mongoose from 'mongoose';
import { mongoUri } from '../../../../tools/test-servers/index.mjs';
import { describeOnMongo, MongoPlaces, shared } from '../../../../libs/storage/src/mongo/mongo-places.fixture.js';
import { GATEWAY_PROBLEMS } from './problem-document.mongo.js';
import { describeProblemViewStore } from './problem-view.behaviour.js';
import { GATEWAY_DEAD_LETTER_POSITIONS, MongoProblemViewStore } from './problem-view.mongo.js';

describeOnMongo('on the real server', () => {
  const places = new MongoPlaces([GATEWAY_PROBLEMS, GATEWAY_DEAD_LETTER_POSITIONS]);
  afterAll(() => places.close());
  describeProblemViewStore('the read model in MongoDB', async () => new MongoProblemViewStore(await places.open()));

  const AT = '2026-03-01T00:00:00.000Z';
  const [label] = ProblemLabeled.examples;

  test('whatever eight instances tell of one problem at once, each of them everything, in whatever order, the view is the same and counts once', async () => {
    const open = places.place((store) => new MongoProblemViewStore(store));
    const stores = await Promise.all(Array.from({ length: 8 }, open));
    const told = await Promise.all(
      stores.flatMap((store, i) => {
        const steps = [
          () => store.submitted({ id: '1', eventId: 'e', content: '문제', at: AT }),
          () => store.labeled({ label: { ...label, id: '1' }, at: AT, trail: [] }),
          () => store.labeled({ label: { ...label, id: '1', revision: 2, decision: 'corrected' }, at: AT, trail: [] }),
          () => store.failed('1', { code: 'BUG', reason: 'boom', service: 'retrieval', topic: 'problem.ingested.v1' }),
        ];
        return [...steps.slice(i % 4), ...steps.slice(0, i % 4)].map((step) => step());
      }),
    );
    expect(told.reduce((sum, { pending }) => sum + pending, 0)).toBe(0);
    expect(await stores[0].countPending()).toBe(0);
    expect(await stores[0].views(['1'])).toMatchObject([{ status: 'corrected', revision: 2, eventId: 'e', revisions: [{ revision: 1 }, { revision: 2 }] }]);
    expect((await stores[0].list({ limit: 5 })).rows).toHaveLength(1);
  });

  test('how far the dead letters were read never goes back', async () => {
    const store = new MongoProblemViewStore(await places.open());
    await store.keepDeadLetterPositions(new Map([['a.dlq 0', 5]]));
    await store.keepDeadLetterPositions(new Map([['a.dlq 0', 3]]));
    expect(await store.deadLetterPositions()).toEqual(new Map([['a.dlq 0', 5]]));
  });

  test('what is asked for often is answered by an index: pending ones, a page of a list, reviews, a category by its Korean names', async () => {
    const uri = mongoUri(shared!, `spec-${randomUUID()}`);
    const store = await places.open(uri);
    await new MongoProblemViewStore(store).labeled({ label: { ...label, id: '1', decision: 'review' }, at: AT, trail: [] });
    const connection = await mongoose.createConnection(uri).asPromise();
    const problems = connection.db!.collection('gateway_problems');
    const plans = await Promise.all([
      problems.find({ status: 'pending' }).explain(),
      problems.find({ status: 'accepted', seq: { $lt: 5 } }).sort({ seq: -1 }).explain(),
      problems.find({ code: '2수01-01', seq: { $lt: 5 } }).sort({ seq: -1 }).explain(),
      problems.find({ status: 'review', $or: [{ confidence: { $gt: 0.5 } }, { confidence: 0.5, seq: { $gt: 1 } }] }).sort({ confidence: 1, seq: 1 }).explain(),
      problems.find({ code: { $exists: true }, 'category.하위 분류': '[2수01-01-A]' }).explain(),
    ]);
    await connection.close();
    for (const plan of plans) {
      const chosen = JSON.stringify((plan as { queryPlanner: { winningPlan: unknown } }).queryPlanner.winningPlan);
      expect(chosen).toContain('IXSCAN');
      expect(chosen).not.toMatch(/COLLSCAN|"SORT"/);
    }
    expect(await store.table(GATEWAY_PROBLEMS).find({ 'category.하위 분류': label.category['하위 분류'] })).toHaveLength(1);
  });
});
