// What both sides of the comparison are told, and how they say how far they have got.

export function settings() {
  return JSON.parse(process.env.BENCH_DELIVERY);
}

/** Counts events by their ids: one that comes again counts once. */
export function follow(count) {
  const ids = new Set();
  let [first, cpuFirst] = [0, undefined];
  let done = () => {};
  const all = new Promise((resolve) => (done = resolve));
  process.on('SIGTERM', () => done());
  return {
    handled(id) {
      if (ids.size === 0) [first, cpuFirst] = [performance.now(), process.cpuUsage()];
      ids.add(id);
      if (ids.size >= count) done();
    },
    /** Waits for all, or until the parent wants to know no more (SIGTERM), and prints the figures. */
    async report() {
      await all;
      const { user, system } = process.cpuUsage(cpuFirst);
      console.log(JSON.stringify({ handled: ids.size, seconds: (performance.now() - first) / 1000, cpuMicrosPerEvent: ids.size === 0 ? undefined : Math.round((user + system) / ids.size) }));
    },
  };
}
