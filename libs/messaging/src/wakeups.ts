/** Lets several wait until something may have happened. */
export class Wakeups {
  private readonly waiting = new Set<() => void>();

  /** Resolves at the next `wake`, at the abort, or after `ms`. */
  next({ signal, ms }: { readonly signal?: AbortSignal; readonly ms?: number } = {}): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(() => woken(), Math.min(ms, LONGEST));
      const woken = () => {
        clearTimeout(timer);
        this.waiting.delete(woken);
        signal?.removeEventListener('abort', woken);
        resolve();
      };
      this.waiting.add(woken);
      signal?.addEventListener('abort', woken, { once: true });
    });
  }

  wake(): void {
    for (const woken of this.waiting) woken();
  }
}

/** What setTimeout can bear, in ms. */
const LONGEST = 2 ** 31 - 1;
