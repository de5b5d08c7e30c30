import { getMaxListeners } from 'node:events';
import { PermanentError, TransientError } from '@math-labeler/contracts';
import { type Call } from './attempt.js';
import { type Absence, type Reply } from './language-model.js';
import { FakeTimer, settled } from './fake-timer.fixture.js';
import { ModelUnavailable } from './model-unavailable.js';
import { question } from './openai/question.fixture.js';
import { PatientModel, type PatientOptions } from './patient-model.js';
import { REPLY, ScriptedModel } from './scripted-model.fixture.js';

const busy = (retryAfterMs?: number) => new ModelUnavailable('LLM.BUSY', 'slow down', retryAfterMs);
const broken = (retryAfterMs?: number) => new ModelUnavailable('LLM.OUT_OF_ORDER', 'oops', retryAfterMs);
const NEVER = new AbortController().signal;

let timer: FakeTimer;
let model: ScriptedModel;
let told: string[];
let calls: Call[];
beforeEach(() => {
  timer = new FakeTimer();
  model = new ScriptedModel(timer);
  told = [];
  calls = [];
});

/** Waits of 500, 1,000, 2,000, … ms: the random part is at its longest. */
function patient(options: Partial<PatientOptions> = {}): PatientModel {
  const observer = {
    called: (call: Call) => calls.push(call),
    breakerChanged: (state: string) => told.push(state),
    limitChanged: (limit: number) => told.push(`limit ${limit}`),
    waiting: (count: number) => told.push(`${count} waiting`),
  };
  return new PatientModel(model, options, { timer, random: () => 1, observer });
}

/** What a question has come to so far. */
function asked(consultant: PatientModel, problem = 'p', signal = NEVER): { outcome?: Reply | Absence; at?: number; error?: unknown } {
  const { key, ...rest } = question();
  const result: { outcome?: Reply | Absence; at?: number; error?: unknown } = {};
  consultant.consult({ ...rest, key: { ...key, problem } }, signal).then(
    (outcome) => Object.assign(result, { outcome, at: timer.now() }),
    (error: unknown) => Object.assign(result, { error, at: timer.now() }),
  );
  return result;
}

const times = () => model.calls.map(({ at }) => at);

describe('a question', () => {
  it('is answered with the first call that succeeds', async () => {
    const result = asked(patient());
    await settled();
    expect(result.outcome).toEqual(REPLY);
    expect(calls).toEqual([{ outcome: 'answered', seconds: 0 }]);
  });

  it('is asked again after a passing failure, after waits that double', async () => {
    model.script({ error: broken() }, { error: new TransientError('reset') }, { error: broken() }, {});
    const result = asked(patient());
    await timer.pass(10_000);
    expect(times()).toEqual([0, 500, 1_500, 3_500]);
    expect(result).toEqual({ outcome: REPLY, at: 3_500 });
    expect(calls.map(({ outcome }) => outcome)).toEqual(['LLM.OUT_OF_ORDER', 'LLM.OUT_OF_ORDER', 'LLM.OUT_OF_ORDER', 'answered']);
  });

  it('waits for as long as the server has told', async () => {
    model.script({ error: broken(7_000) }, {});
    asked(patient());
    await timer.pass(10_000);
    expect(times()).toEqual([0, 7_000]);
  });

  it.each([['a failure', broken(31_000), 'unavailable'], ['a limit', busy(31_000), 'late']])('is given up at once where the told wait goes beyond its deadline, after %s', async (_what, error, outcome) => {
    model.script({ error });
    const result = asked(patient());
    await settled();
    expect(result).toEqual({ outcome, at: 0 });
  });

  it('is given up where the next wait would go beyond its deadline', async () => {
    model.script({ error: broken() });
    const result = asked(patient({ deadlineMs: 3_000, breaker: { failures: 9, coolDownMs: 1, longestCoolDownMs: 1 } }));
    await timer.pass(3_000);
    expect(result).toEqual({ outcome: 'unavailable', at: 1_500 });
  });

  it('is late when the model does not answer in time, try by try', async () => {
    model.script({ afterMs: 60_000 });
    const result = asked(patient());
    await timer.pass(30_000);
    expect(result).toEqual({ outcome: 'late', at: 30_000 });
    expect(times()).toEqual([0, 15_500]);
    expect(calls.map(({ outcome, seconds }) => [outcome, seconds])).toEqual([['LLM.TIMEOUT', 15], ['LLM.TIMEOUT', 14.5]]);
    expect(timer.pending).toBe(0);
  });

  it('ends in time even where the model does not heed its signal', async () => {
    model.ask = () => new Promise(() => {});
    const result = asked(patient());
    await timer.pass(30_000);
    expect(result.outcome).toBe('late');
  });

  it('ends with a signal that is aborted while a call is about to begin, though the model does not heed it', async () => {
    model.ask = () => new Promise(() => {});
    const controller = new AbortController();
    const result = asked(patient(), 'p', controller.signal);
    controller.abort(new Error('enough'));
    await settled();
    expect(result).toMatchObject({ error: { message: 'enough' }, at: 0 });
  });

  it('that the model cannot answer is unavailable, and is not asked again', async () => {
    model.script({ error: new PermanentError('LLM.TOO_LONG', 'too long') });
    const consultant = patient({ breaker: { failures: 1, coolDownMs: 1_000, longestCoolDownMs: 1_000 } });
    const result = asked(consultant);
    await timer.pass(30_000);
    expect(result).toEqual({ outcome: 'unavailable', at: 0 });
    expect(times()).toEqual([0]);
    expect(told).not.toContain('open');
  });

  it('that meets a bug is unavailable, and the bug is told', async () => {
    const bug = new RangeError('bug');
    model.script({ error: bug });
    const result = asked(patient());
    await settled();
    expect(result.outcome).toBe('unavailable');
    expect(calls).toEqual([{ outcome: 'error', seconds: 0, error: bug }]);
  });

  it.each([
    ['before it', 0, {}],
    ['during a call', 100, { afterMs: 1_000 }],
    ['between two calls', 100, { error: broken() }],
  ])('is rejected with the reason of a signal that ends %s, and leaves nothing behind', async (_when, afterMs, turn) => {
    const controller = new AbortController();
    model.script(turn);
    if (afterMs === 0) controller.abort(new Error('enough'));
    const result = asked(patient(), 'p', controller.signal);
    await timer.pass(afterMs);
    controller.abort(new Error('enough'));
    await settled();
    expect(result).toMatchObject({ error: { message: 'enough' }, at: afterMs });
    expect(timer.pending).toBe(0);
  });
});

describe('a model that keeps failing', () => {
  const breaker = { failures: 3, coolDownMs: 10_000, longestCoolDownMs: 40_000 };
  const options = { breaker, deadlineMs: 5_000, backoff: { firstMs: 100_000, longestMs: 100_000 } };

  async function fail(consultant: PatientModel, count: number): Promise<void> {
    model.script({ error: broken() });
    for (let each = 0; each < count; each += 1) asked(consultant);
    await settled();
  }

  it('is not called any more after some failures in a row, and questions are answered at once', async () => {
    const consultant = patient(options);
    await fail(consultant, 3);
    expect(told).toContain('open');
    const result = asked(consultant);
    await settled();
    expect(result).toEqual({ outcome: 'unavailable', at: 0 });
    expect(model.calls).toHaveLength(3);
  });

  it('is called on after failures that are not in a row', async () => {
    const consultant = patient(options);
    await fail(consultant, 2);
    model.script({}, { error: broken() }, { error: broken() }, {});
    for (let each = 0; each < 4; each += 1) asked(consultant);
    await settled();
    expect(told).not.toContain('open');
    expect(model.calls).toHaveLength(6);
  });

  it.each([300, 300_000])('without a word fails too, whatever the deadline (%p ms)', async (deadlineMs) => {
    model.script({ afterMs: 1_000_000 });
    const consultant = patient({ breaker, deadlineMs });
    for (let each = 0; each < 3; each += 1) asked(consultant);
    await timer.pass(deadlineMs / 2);
    expect(told).toContain('open');
  });

  it('is not held to have failed when it only wants fewer questions', async () => {
    model.script({ error: busy() });
    const consultant = patient(options);
    for (let each = 0; each < 9; each += 1) asked(consultant);
    await settled();
    expect(told).not.toContain('open');
  });

  it('is probed by one question after the cool-down, while the others are still refused', async () => {
    const consultant = patient(options);
    await fail(consultant, 3);
    await timer.pass(10_000);
    model.script({ afterMs: 1_000 });
    const [probe, other] = [asked(consultant), asked(consultant)];
    await settled();
    expect(other.outcome).toBe('unavailable');
    await timer.pass(1_000);
    expect(probe.outcome).toEqual(REPLY);
    expect(told.filter((what) => !what.endsWith('waiting'))).toEqual(['open', 'half-open', 'closed']);
  });

  it('is left alone for twice as long after each probe that fails, up to a limit', async () => {
    const consultant = patient(options);
    await fail(consultant, 3);
    for (const coolDown of [10_000, 20_000, 40_000, 40_000]) {
      await timer.pass(coolDown - 1);
      asked(consultant);
      await settled();
      const before = model.calls.length;
      await timer.pass(1);
      asked(consultant);
      await settled();
      expect(model.calls.length).toBe(before + 1);
    }
  });

  it('may be probed by the next when a probe is broken off', async () => {
    const consultant = patient(options);
    await fail(consultant, 3);
    await timer.pass(10_000);
    const controller = new AbortController();
    model.script({ afterMs: 1_000 }, {});
    asked(consultant, 'p', controller.signal);
    await settled();
    controller.abort(new Error('enough'));
    await settled();
    const next = asked(consultant);
    await settled();
    expect(next.outcome).toEqual(REPLY);
  });

  it('is not held to be well because of an answer to a question from before', async () => {
    const consultant = patient(options);
    model.script({ afterMs: 1_000 }, { error: broken() });
    const early = asked(consultant);
    for (let each = 0; each < 3; each += 1) asked(consultant);
    await timer.pass(1_000);
    expect(early.outcome).toEqual(REPLY);
    expect(told).not.toContain('closed');
    expect(model.calls).toHaveLength(4);
  });

  it('lets those go who wait for a place', async () => {
    const consultant = patient({ ...options, maxInFlight: 1, breaker: { ...breaker, failures: 1 } });
    model.script({ afterMs: 1_000, error: broken() });
    const results = [asked(consultant), asked(consultant), asked(consultant)];
    await timer.pass(1_000);
    expect(results.map(({ outcome, at }) => [outcome, at])).toEqual(Array(3).fill(['unavailable', 1_000]));
  });

  it('lets those go, too, who wait for their next try', async () => {
    const consultant = patient({ ...options, backoff: { firstMs: 4_000, longestMs: 4_000 }, breaker: { ...breaker, failures: 2 } });
    model.script({ error: broken() });
    const first = asked(consultant);
    await timer.pass(100);
    const second = asked(consultant);
    await settled();
    expect([first, second]).toEqual([{ outcome: 'unavailable', at: 100 }, { outcome: 'unavailable', at: 100 }]);
  });

  it('lets those go, too, who wait for the end of a pause', async () => {
    const consultant = patient({ ...options, backoff: { firstMs: 500, longestMs: 500 }, maxInFlight: 2, breaker: { ...breaker, failures: 1 } });
    model.script({ afterMs: 100, error: busy(4_000) }, { afterMs: 200, error: broken() });
    const results = [asked(consultant), asked(consultant), asked(consultant)];
    await timer.pass(200);
    expect(results.map(({ outcome, at }) => [outcome, at])).toEqual(Array(3).fill(['unavailable', 200]));
  });

  it.each(['LLM.NOT_LET_IN', 'LLM.NO_SUCH_MODEL', 'LLM.OUT_OF_CREDIT'])('because of its settings (%s) costs one call for a long time', async (code) => {
    model.script({ error: new PermanentError(code, 'no') });
    const consultant = patient(options);
    const first = asked(consultant);
    await settled();
    await timer.pass(39_999);
    const second = asked(consultant);
    await settled();
    expect([first.outcome, second.outcome]).toEqual(['misconfigured', 'misconfigured']);
    expect(model.calls).toHaveLength(1);
    await timer.pass(1);
    model.script({});
    const third = asked(consultant);
    await settled();
    expect(third.outcome).toEqual(REPLY);
  });
});

it('many questions may share one signal without a warning of a leak', async () => {
  const consultant = patient();
  const { signal } = new AbortController();
  asked(consultant, 'p', signal);
  expect(getMaxListeners(signal)).toBe(Infinity);
});

describe('a model with limits', () => {
  it('is called by so many at a time, in the order in which they came', async () => {
    model.script({ afterMs: 1_000 });
    const consultant = patient({ maxInFlight: 2 });
    const results = ['a', 'b', 'c', 'd', 'e'].map((problem) => asked(consultant, problem));
    await timer.pass(3_000);
    expect(model.calls).toEqual([{ at: 0, problem: 'a' }, { at: 0, problem: 'b' }, { at: 1_000, problem: 'c' }, { at: 1_000, problem: 'd' }, { at: 2_000, problem: 'e' }]);
    expect(results.every(({ outcome }) => outcome === REPLY)).toBe(true);
  });

  it('one who waits is late at the deadline, and takes no place; a model that was left too little time has not failed', async () => {
    model.script({ afterMs: 4_000 });
    const breaker = { failures: 1, coolDownMs: 1_000, longestCoolDownMs: 1_000 };
    const consultant = patient({ maxInFlight: 1, deadlineMs: 5_000, tryTimeoutMs: 5_000, breaker });
    const [first, , third] = ['a', 'b', 'c'].map((problem) => asked(consultant, problem));
    await timer.pass(5_000);
    expect(first.outcome).toEqual(REPLY);
    expect(third).toEqual({ outcome: 'late', at: 5_000 });
    expect(model.calls.map(({ problem }) => problem)).toEqual(['a', 'b']);
    expect(calls.map(({ outcome }) => outcome)).toEqual(['answered', 'broken off']);
    expect(told).not.toContain('open');
  });

  it('one who waits and whose signal ends takes no place', async () => {
    model.script({ afterMs: 1_000 });
    const consultant = patient({ maxInFlight: 1 });
    const controller = new AbortController();
    asked(consultant, 'a');
    const second = asked(consultant, 'b', controller.signal);
    asked(consultant, 'c');
    await settled();
    controller.abort(new Error('enough'));
    await timer.pass(2_000);
    expect(second).toMatchObject({ error: { message: 'enough' }, at: 0 });
    expect(model.calls.map(({ problem }) => problem)).toEqual(['a', 'c']);
  });

  it('is called by fewer after it has told what is left', async () => {
    model.script({ afterMs: 1_000 });
    const consultant = patient({ maxInFlight: 8 });
    consultant.heed({ limitRequests: 60, remainingRequests: 2, resetRequestsMs: 58_000 });
    for (let each = 0; each < 4; each += 1) asked(consultant);
    await timer.pass(0);
    expect(model.inFlight).toBe(2);
    expect(told).toContain('2 waiting');
  });

  it('that tells when it will listen again is left alone by all until then, and the refused one comes first', async () => {
    model.script({ afterMs: 100, error: busy(5_000) }, {});
    const consultant = patient({ maxInFlight: 1 });
    asked(consultant, 'a');
    await timer.pass(50);
    asked(consultant, 'b');
    await timer.pass(10_000);
    expect(model.calls).toEqual([{ at: 0, problem: 'a' }, { at: 5_100, problem: 'a' }, { at: 5_100, problem: 'b' }]);
  });

  it('that says it will listen again at once is believed only after a wait', async () => {
    model.script({ error: busy(0) });
    asked(patient());
    await timer.pass(4_000);
    expect(times()).toEqual([0, 500, 1_500, 3_500]);
  });

  it('a pause beyond the deadline of those who wait lets them go at once', async () => {
    model.script({ afterMs: 100, error: busy(60_000) });
    const consultant = patient({ maxInFlight: 1 });
    const results = [asked(consultant), asked(consultant)];
    await timer.pass(100);
    expect(results).toEqual([{ outcome: 'late', at: 100 }, { outcome: 'late', at: 100 }]);
    expect(asked(consultant)).toEqual({});
    await settled();
    expect(model.calls).toHaveLength(1);
  });
});
