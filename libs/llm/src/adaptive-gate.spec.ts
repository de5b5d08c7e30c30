import { AdaptiveGate, type Seat } from './adaptive-gate.js';
import { FakeTimer, settled } from './fake-timer.fixture.js';

const NEVER = new AbortController().signal;

let timer: FakeTimer;
let gate: AdaptiveGate;
let limits: number[];
let arrivals = 0;
beforeEach(() => {
  timer = new FakeTimer();
  limits = [];
  gate = new AdaptiveGate(16, timer, { limitChanged: (limit) => limits.push(limit) });
});

/** Seats of so many who come now, as they get them. */
function come(count: number): Seat[] {
  const seats: Seat[] = [];
  for (let each = 0; each < count; each += 1) {
    void gate.enter({ arrival: arrivals++, deadline: Infinity, signal: NEVER }).then((seat) => seat && seats.push(seat));
  }
  return seats;
}

it('one burst of refusals halves the limit once, and a refusal of a later call again', async () => {
  const first = come(16);
  await settled();
  for (const seat of first) seat.leaveBusy(undefined);
  expect(limits).toEqual([8]);
  const second = come(16);
  await settled();
  expect(second).toHaveLength(8);
  for (const seat of second.slice(0, 8)) seat.leaveBusy(undefined);
  expect(limits).toEqual([8, 4]);
});

it('the limit never falls below one', async () => {
  for (let round = 0; round < 8; round += 1) {
    const seats = come(1);
    await settled();
    seats[0].leaveBusy(undefined);
  }
  expect(limits).toEqual([8, 4, 2, 1]);
});

it('a round of answers makes room for one more, up to the most that was allowed', async () => {
  const first = come(16);
  await settled();
  first[0].leaveBusy(undefined);
  for (const seat of first.slice(1)) seat.leave('unheard');
  const rounds: number[] = [];
  for (let round = 0; round < 12; round += 1) {
    const seats = come(100);
    await settled();
    rounds.push(seats.length);
    gate.dismissAll();
    for (const seat of seats.slice()) seat.leave('well');
  }
  expect(rounds.slice(0, 4)).toEqual([8, 8, 9, 10]);
  expect(rounds.at(-1)).toBe(16);
});

describe('a provider that tells what is left', () => {
  it('gets no more calls than that', async () => {
    gate.heed({ limitRequests: 100, remainingRequests: 3, resetRequestsMs: 97_000 });
    const seats = come(10);
    await settled();
    expect(seats).toHaveLength(3);
  });

  it('gets one more each time that one more has come back', async () => {
    gate.heed({ limitRequests: 60, remainingRequests: 0, resetRequestsMs: 60_000 });
    const seats = come(10);
    const counts: number[] = [];
    for (let second = 0; second < 4; second += 1) {
      await settled();
      counts.push(seats.length);
      await timer.pass(1_000);
    }
    expect(counts).toEqual([0, 1, 2, 3]);
  });

  it('gets none while there are no tokens', async () => {
    gate.heed({ remainingTokens: 0, resetTokensMs: 6_000 });
    const seats = come(1);
    await timer.pass(5_999);
    expect(seats).toHaveLength(0);
    await timer.pass(1);
    expect(seats).toHaveLength(1);
  });

  it('gets all again as soon as it tells of more', async () => {
    gate.heed({ limitRequests: 60, remainingRequests: 0, resetRequestsMs: 60_000 });
    const seats = come(10);
    gate.heed({ limitRequests: 60, remainingRequests: 60, resetRequestsMs: 0 });
    await settled();
    expect(seats).toHaveLength(10);
  });
});
