import fc from 'fast-check';
import { Watermark } from './watermark.js';

function begun(...offsets: number[]): Watermark {
  const watermark = new Watermark();
  offsets.forEach((offset) => watermark.begin(offset));
  return watermark;
}

describe('the watermark of a partition', () => {
  it('rises with the oldest unfinished offset, and past the last one when all are finished', () => {
    const watermark = begun(5, 6, 7);
    expect([watermark.finish(5), watermark.finish(6), watermark.finish(7)]).toEqual([6, 7, 8]);
  });

  it('stays where it is while the oldest is unfinished, then rises over all that were finished meanwhile', () => {
    const watermark = begun(0, 1, 2, 3);
    expect([watermark.finish(2), watermark.finish(1), watermark.finish(0)]).toEqual([undefined, undefined, 3]);
    expect(watermark.width).toBe(1);
  });

  it('takes gaps in the log for finished', () => {
    const watermark = begun(3, 10, 11);
    expect(watermark.finish(3)).toBe(10);
  });

  it('refuses an offset that was not begun or is finished already', () => {
    const watermark = begun(1);
    watermark.finish(1);
    expect(() => watermark.finish(1)).toThrow('offset 1 was not begun');
    expect(() => watermark.finish(2)).toThrow(RangeError);
  });

  it('whatever the order of finishing, never passes an unfinished offset and always reaches the oldest one', () => {
    const offsets = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 200 }).map((gaps) => gaps.reduce<number[]>((all, gap) => [...all, (all.at(-1) ?? -1) + gap], []));
    const orders = offsets.chain((begins) => fc.tuple(fc.constant(begins), fc.shuffledSubarray(begins, { minLength: begins.length })));
    fc.assert(
      fc.property(orders, ([begins, ends]) => {
        const watermark = begun(...begins);
        const open = new Set(begins);
        let committed = begins[0];
        for (const offset of ends) {
          open.delete(offset);
          committed = watermark.finish(offset) ?? committed;
          expect(committed).toBe(open.size === 0 ? begins.at(-1)! + 1 : Math.min(...open));
        }
        expect(watermark.width).toBe(0);
      }),
    );
  });

  it('forgets what is finished: a hundred thousand offsets leave nothing behind', () => {
    const watermark = begun(0);
    for (let offset = 1; offset < 100_000; offset++) {
      watermark.begin(offset);
      watermark.finish(offset - 1);
    }
    expect(watermark.width).toBe(1);
    expect((watermark as unknown as { open: unknown[] }).open.length).toBeLessThan(3000);
  });
});
