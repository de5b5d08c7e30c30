import { derivedId } from './ids.js';

describe('derived ids', () => {
  // Python 3: uuid.uuid5(namespace, json.dumps(parts, ensure_ascii=False, separators=(',', ':')))
  test.each([
    { parts: ['problem.submitted.v1', '0', '0'], id: '751ee40f-2dee-5b19-a41a-25602735c304' },
    { parts: ['a', 'problem.ingested.v1'], id: '952899d4-9072-5c34-a4cc-17e2f5dae86f' },
    { parts: ['a', 'b'], id: '3b7dac2e-0ffe-5c29-aa5d-a6ea4ecad805' },
    { parts: ['a,b'], id: 'ec96dd65-1fae-5c21-8d14-35bba6118b2b' },
    { parts: ['수'], id: '2feafd3a-a1df-5ba3-b048-54d3a7f64555' },
  ])('$parts always give $id', ({ parts, id }) => {
    expect(derivedId(...parts)).toBe(id);
  });
});
