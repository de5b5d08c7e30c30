import { setMaxListeners } from 'node:events';

interface Call<Result> {
  /** Never rejects: whether somebody still waits or not. */
  readonly ended: Promise<void>;
  readonly result: Promise<Result>;
  readonly abort: AbortController;
  waiting: number;
}

/**
 * Who asks for the same while it is on its way gets the same answer. A call is given up once nobody waits for it any more;
 * who asks for the same then waits until it has ended, since it may yet have come to something, and begins anew.
 */
export class SharedCalls<Result> {
  private readonly calls = new Map<string, Call<Result>>();

  /** Rejects with the signal's reason when that ends first, else as the work does. */
  async run(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    signal.throwIfAborted();
    for (let given = this.calls.get(key); given?.abort.signal.aborted === true; given = this.calls.get(key)) await untilAborted(signal, given.ended);
    const call = this.calls.get(key) ?? this.start(key, work);
    call.waiting += 1;
    try {
      return await untilAborted(signal, call.result);
    } finally {
      call.waiting -= 1;
      if (call.waiting === 0 && this.calls.get(key) === call) call.abort.abort(signal.reason);
    }
  }

  private start(key: string, work: (signal: AbortSignal) => Promise<Result>): Call<Result> {
    const abort = new AbortController();
    const result = work(abort.signal);
    const end = (): void => void this.calls.delete(key);
    const call: Call<Result> = { result, ended: result.then(end, end), abort, waiting: 0 };
    this.calls.set(key, call);
    return call;
  }
}

async function untilAborted<Value>(signal: AbortSignal, value: Promise<Value>): Promise<Value> {
  // One signal may be that of many questions.
  setMaxListeners(0, signal);
  let leave: (() => void) | undefined;
  const end = new Promise<never>((_, reject) => {
    leave = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    signal.throwIfAborted();
    return await Promise.race([value, end]);
  } finally {
    signal.removeEventListener('abort', leave!);
  }
}
