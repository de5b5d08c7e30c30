import { setTimeout as pause } from 'node:timers/promises';
import { Turns } from './turns.js';

describe('works that take turns', () => {
  it('run so many at a time, in the order in which they came, and those that fail give their place back', async () => {
    const turns = new Turns(3);
    const began: number[] = [];
    let [running, most] = [0, 0];
    const work = async (number: number): Promise<number> => {
      began.push(number);
      most = Math.max(most, ++running);
      await pause(1);
      running--;
      if (number % 2 === 0) throw new Error(`${number}`);
      return number;
    };
    const numbers = Array.from({ length: 20 }, (_, i) => i);
    const results = await Promise.allSettled(numbers.map((number) => turns.run(() => work(number))));
    expect(results.map(({ status }) => status)).toEqual(numbers.map((number) => (number % 2 === 0 ? 'rejected' : 'fulfilled')));
    expect(most).toBe(3);
    expect(began).toEqual(numbers);
    await expect(turns.run(() => work(1))).resolves.toBe(1);
  });
});
