import { SampleClock } from '../../../firmware/core/sample-clock';
import { TickClock } from '../../../firmware/io/clock';

/** A counter of 32 bits, as the chip has. */
function counter(firstTicks: number) {
  let passedMs = 0;
  return {
    get ticks(): number {
      return (firstTicks + passedMs) >>> 0;
    },
    delta: (start: number, end = 0) => (end - start) | 0,
    pass: (ms: number) => {
      passedMs += ms;
    },
  };
}

function byTicks() {
  const time = counter(123_456);
  const clock = new TickClock(time);
  return { clock, pass: time.pass };
}

function bySamples() {
  const ear = { elapsedSamples: 0 };
  const pass = (ms: number): void => {
    ear.elapsedSamples += ms * 16;
  };
  return { clock: new SampleClock(ear), pass };
}

describe.each([
  ['of the chip', byTicks],
  ['of the ear', bySamples],
])('the clock %s', (_, make) => {
  it('begins at 0 and counts milliseconds', () => {
    const { clock, pass } = make();
    expect(clock.nowMs).toBe(0);
    pass(20);
    expect(clock.nowMs).toBe(20);
    expect(clock.nowMs).toBe(20);
    pass(86_400_000);
    expect(clock.nowMs).toBe(86_400_020);
  });
});

it('counts on where the chip’s counter wraps', () => {
  const time = counter(0xffff_fff0);
  const clock = new TickClock(time);
  time.pass(10);
  expect(clock.nowMs).toBe(10);
  time.pass(100);
  expect(clock.nowMs).toBe(110);
});

it('never goes back, whatever the counter does', () => {
  const time = counter(1000);
  const clock = new TickClock(time);
  time.pass(500);
  expect(clock.nowMs).toBe(500);
  time.pass(-200);
  expect(clock.nowMs).toBe(500);
});

it('does not go on within a millisecond of samples', () => {
  const ear = { elapsedSamples: 15 };
  expect(new SampleClock(ear).nowMs).toBe(0);
});
