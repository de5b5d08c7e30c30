import fc from 'fast-check';
import { type Reply } from '../language-model.js';
import { packReply, unpackReply } from './packed-reply.js';

const usage = { input: 1900, cachedInput: 1536, output: 120, reasoning: 0 };
const text = fc.string({ unit: 'binary' });
const anyText = fc.oneof(text, text.map((one) => `${one}\ud800\u0000`));
const logprob = fc.integer({ min: -92_000, max: 0 }).map((value) => value / 10_000);
const token = fc.record({ text: anyText, logprob, top: fc.array(fc.record({ text: anyText, logprob }), { maxLength: 10 }) });
const anyReply: fc.Arbitrary<Reply> = fc.record(
  { outcome: fc.constantFrom('answered', 'refused', 'cut', 'filtered'), text: anyText, tokens: fc.array(token, { maxLength: 60 }), usage: fc.constant(usage), model: anyText },
  { requiredKeys: ['outcome', 'text', 'usage', 'model'] },
);

test('whatever a model says comes back as it was, lone surrogates and U+0000 too, and lies in text that any store takes', () => {
  fc.assert(
    fc.property(anyReply, (reply) => {
      const packed = packReply(reply);
      expect(packed).not.toMatch(/\0|\p{Surrogate}/u);
      expect(unpackReply(packed)).toEqual(reply);
    }),
  );
});

test('log probabilities are rounded to four decimals, and what is rarer than one in ten thousand is no alternative', () => {
  const top = [{ text: '3', logprob: -0.123456789 }, { text: '4', logprob: -9.21 }, { text: '5', logprob: -9.22 }, { text: '6', logprob: Number.NEGATIVE_INFINITY }];
  const reply: Reply = { outcome: 'answered', text: '{}', usage, model: 'm', tokens: [{ text: '3', logprob: -0.123456789, top }, { text: '7', logprob: Number.NEGATIVE_INFINITY, top: [] }] };
  const unpacked = unpackReply(packReply(reply));
  expect(unpacked.tokens).toEqual([{ text: '3', logprob: -0.1235, top: [{ text: '3', logprob: -0.1235 }, { text: '4', logprob: -9.21 }] }, { text: '7', logprob: Number.NEGATIVE_INFINITY, top: [] }]);
  expect(unpackReply(packReply(unpacked))).toEqual(unpacked);
});

test('probabilities of 120 tokens with ten alternatives each take a tenth of their JSON', () => {
  const words = ['분수', '의', ' 덧셈', '이', '므로', '"', '}', '4수', '01', '-', '0', '7', ',', ' 12', '가', '을', ' 나눗셈', '하', '는', ' 문제'];
  let seed = 1;
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const tokens = Array.from({ length: 120 }, (_, i) => ({ text: words[i % 20], logprob: -random() / 10, top: words.slice(0, 10).map((one) => ({ text: one, logprob: -20 * random() })) }));
  const reply: Reply = { outcome: 'answered', text: 'x'.repeat(300), usage, model: 'gpt', tokens };
  expect(packReply(reply).length).toBeLessThan(JSON.stringify(reply).length / 10);
});
