import { RING_CUE_EVERY_MS } from '../../../firmware/core/state';
import { MAX_TIMERS, TIMER_RINGS_MS } from '../../../firmware/core/timers';
import { Mind, wake } from './worlds';

const TEN_MINUTES = { duration: 600 };

/** A timer of ten minutes, asked for at second 2, with its reply over. */
function waiting(): Mind {
  return Mind.awake().ask(1000, 'setTimer', TEN_MINUTES).take({ type: 'cueEnded', atMs: 2300 });
}

const DUE_MS = 602_000;

describe('a timer', () => {
  it('is set and confirmed without the home', () => {
    const mind = Mind.awake().ask(1000, 'setTimer', { duration: 600, name: 'pasta' });
    expect(mind.state.timers).toEqual([
      { id: 1, durationMs: 600_000, leftMs: 600_000, endsMs: DUE_MS, ringing: false, name: 'pasta' },
    ]);
    expect(mind.asked('playCue')).toMatchObject([{ cue: 'done' }]);
    expect(mind.asked('perform')).toEqual([]);
  });

  it('rings when its time has come, not before', () => {
    const mind = waiting().wait(DUE_MS - 1);
    expect(mind.state.phase).toBe('idle');
    expect(mind.wait(DUE_MS).state.phase).toBe('ringing');
    expect(mind.asked('playCue')[1]).toMatchObject({ cue: 'timer' });
  });

  it('sounds again and again', () => {
    const mind = waiting()
      .wait(DUE_MS)
      .take({ type: 'cueEnded', atMs: DUE_MS + 1200 });
    mind.wait(DUE_MS + RING_CUE_EVERY_MS).wait(DUE_MS + 2 * RING_CUE_EVERY_MS);
    expect(mind.asked('playCue').filter(({ cue }) => cue === 'timer')).toHaveLength(3);
  });

  it('gives up when nobody comes', () => {
    const mind = waiting()
      .wait(DUE_MS)
      .wait(DUE_MS + TIMER_RINGS_MS);
    expect(mind.state).toMatchObject({ phase: 'idle', timers: [] });
  });

  it('is quiet while the speaker listens, and stops when told to', () => {
    const mind = waiting()
      .wait(DUE_MS)
      .take(wake(DUE_MS + 500));
    expect(mind.asked('stopCue')).toHaveLength(1);
    mind.ask(DUE_MS + 600, 'stop');
    expect(mind.state).toMatchObject({ phase: 'idle', timers: [] });
    expect(mind.asked('perform')).toEqual([]);
  });

  it('rings on when the words were about something else', () => {
    const mind = waiting()
      .wait(DUE_MS)
      .ask(DUE_MS + 500, 'volumeDown');
    expect(mind.take({ type: 'cueEnded', atMs: DUE_MS + 1800 }).state.phase).toBe('ringing');
  });

  it('waits with its ringing until a command has been heard', () => {
    const mind = waiting()
      .take(wake(DUE_MS - 500))
      .wait(DUE_MS + 20);
    expect(mind.state.phase).toBe('listening');
    mind.take({ type: 'speechEnded', atMs: DUE_MS + 1000, reason: 'silence' });
    expect(mind.state.phase).toBe('ringing');
  });

  it('runs and rings although the speaker is muted', () => {
    const mind = waiting().mute(5000).wait(DUE_MS);
    expect(mind.state.phase).toBe('ringing');
  });

  it('is silenced by either edge of the mute switch', () => {
    expect(
      waiting()
        .wait(DUE_MS)
        .mute(DUE_MS + 900).state,
    ).toMatchObject({ phase: 'idle', timers: [] });
    const muted = waiting()
      .mute(5000)
      .wait(DUE_MS)
      .mute(DUE_MS + 900, false);
    expect(muted.state).toMatchObject({ phase: 'idle', timers: [] });
  });

  it('that runs survives the mute switch', () => {
    expect(waiting().mute(5000).mute(6000, false).state.timers).toHaveLength(1);
  });

  it.each([0, 0.4, -5, Number.NaN, 604_801, 'ten'])('of %p seconds is refused', (duration) => {
    const mind = Mind.awake().ask(1000, 'setTimer', { duration });
    expect(mind.state).toMatchObject({ phase: 'error', timers: [] });
  });

  it('is refused when there are too many', () => {
    const mind = Mind.awake();
    for (let i = 0; i <= MAX_TIMERS; i += 1) mind.ask(1000 + 3000 * i, 'setTimer', TEN_MINUTES);
    expect(mind.state.timers).toHaveLength(MAX_TIMERS);
    expect(mind.state.phase).toBe('error');
  });
});

describe('several timers', () => {
  const several = () =>
    waiting().ask(3000, 'setTimer', { duration: 60, name: 'tea' }).ask(5000, 'setTimer', { duration: 3600 });
  const durations = (mind: Mind) => mind.state.timers.map(({ durationMs }) => durationMs / 1000);

  it('run side by side', () => {
    const mind = several().wait(64_000);
    expect(mind.state.timers.map(({ ringing }) => ringing)).toEqual([false, true, false]);
  });

  it('lose the one set last when no other is named', () => {
    expect(durations(several().ask(8000, 'cancelTimer'))).toEqual([600, 60]);
  });

  it('lose the one that rings when no other is named', () => {
    expect(durations(several().wait(64_000).ask(65_000, 'cancelTimer'))).toEqual([600, 3600]);
  });

  it('lose the one that is meant', () => {
    expect(durations(several().ask(8000, 'cancelTimer', { name: 'tea' }))).toEqual([600, 3600]);
    expect(durations(several().ask(8000, 'cancelTimer', TEN_MINUTES))).toEqual([60, 3600]);
  });

  it('stay when there is none of that name', () => {
    const mind = several().ask(8000, 'cancelTimer', { name: 'eggs' });
    expect(mind.state.phase).toBe('error');
    expect(mind.state.timers).toHaveLength(3);
  });

  it('are all cancelled at once', () => {
    expect(several().ask(8000, 'cancelAllTimers').state.timers).toEqual([]);
  });

  it('are asked about by the one that ends next', () => {
    const values = { leftSeconds: 55, durationSeconds: 60, name: 'tea' };
    expect(several().ask(8000, 'timerLeft').asked('answer').at(-1)).toMatchObject({
      says: 'timerLeft',
      values,
    });
  });

  it('cannot be asked about when there is none', () => {
    expect(Mind.awake().ask(1000, 'timerLeft').state.phase).toBe('error');
  });
});

describe('a timer that stands still', () => {
  const still = () => waiting().ask(101_000, 'pauseTimer');
  const left = (mind: Mind) => mind.asked('answer').at(-1)?.values.leftSeconds;

  it('keeps what is left, for as long as nobody resumes it', () => {
    const mind = still().wait(5_000_000);
    expect(mind.state.phase).toBe('idle');
    expect(left(mind.ask(5_000_000, 'timerLeft'))).toBe(500);
    mind.ask(6_000_000, 'resumeTimer').wait(6_003_000).wait(6_500_999);
    expect(mind.state.phase).toBe('idle');
    expect(mind.wait(6_501_000).state.phase).toBe('ringing');
  });

  it('is the one that is resumed, and no other', () => {
    const mind = still().ask(200_000, 'setTimer', { duration: 60 }).ask(210_000, 'resumeTimer');
    expect(mind.state.timers.map(({ endsMs }) => endsMs)).toEqual([711_000, 261_000]);
  });

  it('cannot be paused twice, nor resumed when it runs', () => {
    expect(still().ask(200_000, 'pauseTimer').asked('answer').at(-1)?.says).toBe('noSuchTimer');
    expect(waiting().ask(3000, 'resumeTimer').asked('answer').at(-1)?.says).toBe('noSuchTimer');
  });
});

describe('a timer made longer or shorter', () => {
  const told = (mind: Mind) => mind.asked('answer').at(-1);

  it.each([
    ['addToTimer', 300, 895, 900],
    ['takeFromTimer', 120, 475, 480],
  ])('by %s has what is left', (intent, duration, leftSeconds, durationSeconds) => {
    const mind = waiting().ask(6000, intent, { duration });
    expect(told(mind)).toMatchObject({ says: 'timerChanged', values: { leftSeconds, durationSeconds } });
  });

  it('is the one that is named', () => {
    const mind = waiting().ask(3000, 'setTimer', { duration: 60, name: 'tea' });
    mind.ask(5000, 'addToTimer', { duration: 60, name: 'tea' });
    expect(mind.state.timers.map(({ durationMs }) => durationMs)).toEqual([600_000, 120_000]);
  });

  it('rings no more when it is given time while it rings', () => {
    const mind = waiting()
      .wait(DUE_MS)
      .ask(DUE_MS + 500, 'addToTimer', { duration: 60 });
    expect(mind.take({ type: 'cueEnded', atMs: DUE_MS + 1800 }).state.phase).toBe('idle');
    expect(mind.wait(DUE_MS + 61_500).state.phase).toBe('ringing');
  });

  it('is put off by a snooze', () => {
    const mind = waiting()
      .wait(DUE_MS)
      .ask(DUE_MS + 500, 'snooze', { duration: 60 });
    expect(mind.take({ type: 'cueEnded', atMs: DUE_MS + 1800 }).wait(DUE_MS + 61_500).state.phase).toBe(
      'ringing',
    );
  });

  it.each([
    ['takeFromTimer', 700],
    ['addToTimer', 700_000],
    ['addToTimer', Number.NaN],
  ])('is as it was after %s of %p', (intent, duration) => {
    const mind = waiting().ask(3000, intent, { duration });
    expect(mind.state.timers).toMatchObject([{ durationMs: 600_000, endsMs: DUE_MS }]);
    expect(told(mind)?.says).toBe('timerOutOfRange');
  });
});

test('stop is for the home when no timer rings', () => {
  expect(waiting().ask(3000, 'stop').asked('perform')).toMatchObject([{ intent: 'stop' }]);
});

describe('the volume', () => {
  it.each([
    ['setVolume', { level: 30 }, 30],
    ['setVolume', { level: 250 }, 100],
    ['volumeUp', {}, 60],
    ['volumeUp', { by: 25 }, 75],
    ['volumeDown', { by: 20 }, 30],
    ['volumeDown', {}, 40],
  ] as const)('after %s %p is %p percent', (intent, slots, percent) => {
    const mind = Mind.awake().ask(1000, intent, slots);
    expect(mind.state.volumePercent).toBe(percent);
    expect(mind.asked('playCue')).toEqual([{ type: 'playCue', cue: 'done', volumePercent: percent }]);
  });

  it('stays within 0 and 100', () => {
    expect(Mind.awake({ volumePercent: 95 }).ask(1000, 'volumeUp').state.volumePercent).toBe(100);
    expect(Mind.awake({ volumePercent: 5 }).ask(1000, 'volumeDown').state.volumePercent).toBe(0);
  });

  it('is not changed by a level that is no number', () => {
    expect(Mind.awake().ask(1000, 'setVolume', { level: 'loud' }).state).toMatchObject({
      phase: 'error',
      volumePercent: 50,
    });
  });
});

describe('muted sounds', () => {
  it('are as loud as before when they are unmuted', () => {
    const mind = Mind.awake({ volumePercent: 35 }).ask(1000, 'setVolume', { level: 0 }).ask(4000, 'unmute');
    expect(mind.state.volumePercent).toBe(35);
  });

  it('are heard again after a start in silence', () => {
    expect(Mind.awake({ volumePercent: 0 }).ask(1000, 'unmute').state.volumePercent).toBe(50);
  });
});
