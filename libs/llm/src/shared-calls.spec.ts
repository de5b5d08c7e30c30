import { SharedCalls } from './shared-calls.js';

const never = new AbortController().signal;

function work(): { readonly run: (signal: AbortSignal) => Promise<string>; readonly answer: (text: string) => void; readonly signals: AbortSignal[] } {
  const signals: AbortSignal[] = [];
  let resolve!: (text: string) => void;
  const promise = new Promise<string>((yes) => (resolve = yes));
  return {
    signals,
    answer: resolve,
    run: (signal) => {
      signals.push(signal);
      return Promise.race([promise, new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))]);
    },
  };
}

test('who asks for the same meanwhile gets the same answer, and afterwards it is asked again', async () => {
  const calls = new SharedCalls<string>();
  const first = work();
  const both = [calls.run('a', never, first.run), calls.run('a', never, first.run)];
  first.answer('yes');
  expect(await Promise.all(both)).toEqual(['yes', 'yes']);
  expect(first.signals).toHaveLength(1);
  await calls.run('a', never, first.run);
  expect(first.signals).toHaveLength(2);
});

test('one who leaves does not end the call of the others', async () => {
  const calls = new SharedCalls<string>();
  const { run, answer, signals } = work();
  const impatient = new AbortController();
  const [one, two] = [calls.run('a', impatient.signal, run), calls.run('a', never, run)];
  impatient.abort(new Error('late'));
  await expect(one).rejects.toThrow('late');
  expect(signals[0].aborted).toBe(false);
  answer('yes');
  expect(await two).toBe('yes');
});

test('once all have left the call is given up, and who comes then begins another', async () => {
  const calls = new SharedCalls<string>();
  const { run, signals } = work();
  const impatient = new AbortController();
  const one = calls.run('a', impatient.signal, run);
  impatient.abort(new Error('late'));
  await expect(one).rejects.toThrow('late');
  expect(signals[0].aborted).toBe(true);
  const next = work();
  const two = calls.run('a', never, next.run);
  next.answer('yes');
  expect(await two).toBe('yes');
});

test('a call that was given up, and comes to an end all the same, is not begun anew before that', async () => {
  const calls = new SharedCalls<string>();
  const impatient = new AbortController();
  const steps: string[] = [];
  let write!: () => void;
  const written = new Promise<void>((yes) => (write = yes));
  const one = calls.run('a', impatient.signal, async () => {
    await written;
    steps.push('written');
    return 'yes';
  });
  impatient.abort(new Error('late'));
  await expect(one).rejects.toThrow('late');
  const two = calls.run('a', never, async () => {
    steps.push('asked again');
    return 'stored';
  });
  write();
  expect([await two, ...steps]).toEqual(['stored', 'written', 'asked again']);
});

test('a failure is everybody’s, and is not kept', async () => {
  const calls = new SharedCalls<string>();
  const failing = (): Promise<string> => Promise.reject(new Error('away'));
  const both = await Promise.allSettled([calls.run('a', never, failing), calls.run('a', never, failing)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await calls.run('a', never, async () => 'yes')).toBe('yes');
});

test('who does not want it any more asks nothing', async () => {
  const { run, signals } = work();
  await expect(new SharedCalls<string>().run('a', AbortSignal.abort(new Error('late')), run)).rejects.toThrow('late');
  expect(signals).toHaveLength(0);
});
