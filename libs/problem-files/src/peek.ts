/** Reads ahead until `enough` says so (it is asked at the end too), and gives back the whole stream from its beginning. */
export async function peek<T>(stream: AsyncIterable<T>, enough: (pieces: readonly T[]) => boolean): Promise<{ head: readonly T[]; all: AsyncIterable<T> }> {
  const iterator = stream[Symbol.asyncIterator]();
  const head: T[] = [];
  while (!enough(head)) {
    const next = await iterator.next();
    if (next.done === true) break;
    head.push(next.value);
  }
  async function* all(): AsyncGenerator<T> {
    try {
      yield* head;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { head, all: all() };
}
