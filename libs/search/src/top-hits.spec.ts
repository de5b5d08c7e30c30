import fc from 'fast-check';
import { TopHits } from './top-hits.js';

interface Offer {
  readonly id: number;
  readonly score: number;
}
const compare = (a: Offer, b: Offer) => b.score - a.score || a.id - b.id;

test('the top hits are what sorting all offers and cutting gives, in any order of offers', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 200 }), fc.nat({ max: 30 }), (scores, limit) => {
      const offers = scores.map((score, id) => ({ id, score }));
      const top = new TopHits<Offer>(limit, compare);
      for (const offer of [...offers].reverse()) if (top.accepts(offer.score)) top.offer(offer);
      expect(top.best()).toEqual(offers.filter(({ score }) => score > 0).sort(compare).slice(0, limit));
    }),
  );
});
