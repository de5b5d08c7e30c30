/** Tells of the first of many like things, and of another one when so many ms have gone by since; by the clock's ms. */
export function rarely<Thing>(tell: (thing: Thing) => void, everyMs: number, clock: () => number): (thing: Thing) => void {
  let toldAt = -Infinity;
  return (thing) => {
    if (clock() - toldAt < everyMs) return;
    toldAt = clock();
    tell(thing);
  };
}
