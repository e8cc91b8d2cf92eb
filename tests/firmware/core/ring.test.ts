import { BOOT_STAGES, type BootStage } from '../../../firmware/core/boot-stages';
import { readAlarms } from '../../../firmware/core/kept-lists';
import { patternName, patternOf, renderRing, ringStep } from '../../../firmware/core/ring';
import { PATTERNS } from '../../../firmware/core/ring-patterns';
import type { State } from '../../../firmware/core/state';
import { Mind, wake } from './worlds';

const PIXELS = 12;

function picture(state: State, atMs: number, pixels = PIXELS): string {
  const rgb = new Uint8Array(pixels * 3).fill(99);
  renderRing(state, atMs, rgb);
  return Buffer.from(rgb).toString('hex');
}

/** The pictures that a state shows in three seconds, at 50 a second. */
function film(state: State, pixels = PIXELS): string[] {
  return Array.from({ length: 150 }, (_, frame) => picture(state, state.phaseSinceMs + 20 * frame, pixels));
}

const replying = () =>
  Mind.awake().take(wake(0), { type: 'speechEnded', atMs: 1000, reason: 'notUnderstood' });

/** A state for every line of the table. */
const STATES: Readonly<Record<string, State>> = {
  muted: Mind.awake().mute(0).state,
  error: Mind.awake().take({ type: 'faultOccurred', atMs: 0, what: 'trouble' }).state,
  booting: new Mind().state,
  safeMode: new Mind().take({ type: 'booted', atMs: 0, isSafeMode: true }).state,
  asking: Mind.awake().take(wake(0), {
    type: 'commandDoubted',
    atMs: 10,
    sample: 160,
    command: { intent: 'unlock', slots: {}, words: 'unlock', confidence: 0.6 },
  }).state,
  hearing: Mind.awake().take(wake(0), { type: 'speechStarted', atMs: 10 }).state,
  listening: Mind.awake().take(wake(0)).state,
  thinking: Mind.awake().ask(0, 'turnOn').state,
  notUnderstood: replying().state,
  replying: Mind.awake().ask(0, 'volumeUp').state,
  alarmRinging: Mind.awake()
    .take({ type: 'timeSet', atMs: 0, epochMs: 0 })
    .ask(0, 'setAlarm', { time: '00:01' })
    .wait(3000)
    .wait(60_000).state,
  timerRinging: Mind.awake().ask(0, 'setTimer', { duration: 10 }).wait(3000).wait(11_000).state,
  timerRunning: Mind.awake().ask(0, 'setTimer', { duration: 10 }).wait(3000).state,
  timeUnknown: Mind.awake({ lists: { timers: [], alarms: readAlarms('07:00 weekdays 62 day 20789') ?? [] } })
    .state,
  off: Mind.awake().state,
};

test('mute stands first in the table', () => {
  expect(PATTERNS[0]?.name).toBe('muted');
});

test('every line of the table has a state that shows it', () => {
  expect(PATTERNS.map(({ name }) => name)).toEqual(Object.keys(STATES));
  expect(Object.values(STATES).map(patternName)).toEqual(Object.keys(STATES));
});

test('no two states show the same', () => {
  const films = Object.values(STATES).map((state) => film(state).join());
  expect(new Set(films).size).toBe(films.length);
});

test('the ring lights as much of itself as of the boot is done', () => {
  const litAfter = (stage: BootStage): number => {
    const { state } = new Mind().take({ type: 'bootReached', atMs: 0, stage });
    // the spark that circles stands on the last pixel and its tail on the three before
    return film(state)[43]?.match(/020202|020201/g)?.length ?? 0;
  };
  const lit = BOOT_STAGES.map(litAfter);
  expect(lit).toEqual([...lit].sort((a, b) => a - b));
  expect(new Set(lit).size).toBeGreaterThan(3);
});

test('mute is shown while booting, in safe mode and in trouble too', () => {
  const muted = new Mind({ muted: true });
  expect(patternName(muted.state)).toBe('muted');
  muted.take({ type: 'booted', atMs: 0, isSafeMode: true });
  expect(patternName(muted.state)).toBe('muted');
  expect(patternName(muted.take({ type: 'faultOccurred', atMs: 1, what: 'trouble' }).state)).toBe('muted');
});

test('muted lights every LED in the same steady red', () => {
  expect(new Set(film(STATES.muted as State))).toEqual(new Set(['280000'.repeat(PIXELS)]));
});

test('idle is dark', () => {
  expect(new Set(film(STATES.off as State))).toEqual(new Set(['000000'.repeat(PIXELS)]));
});

test.each(Object.keys(STATES).filter((name) => name !== 'muted' && name !== 'off'))('%s moves', (name) => {
  expect(new Set(film(STATES[name] as State)).size).toBeGreaterThan(1);
});

test.each(Object.entries(STATES))('%s is dim enough for a bedroom', (_name, state) => {
  const brightest = Math.max(...film(state).flatMap((hex) => [...Buffer.from(hex, 'hex')]));
  expect(brightest).toBeLessThanOrEqual(64);
});

test.each(Object.entries(STATES))('%s fits rings of any size', (_name, state) => {
  for (const pixels of [0, 1, 2, 3, 7, 24]) expect(film(state, pixels)[7]).toHaveLength(6 * pixels);
});

test.each(Object.entries(STATES))('%s stands still between two steps', (_name, state) => {
  const pattern = patternOf(state);
  const steps = new Map<number, string>();
  for (let atMs = state.phaseSinceMs; atMs < state.phaseSinceMs + 1500; atMs += 1) {
    const step = ringStep(pattern, state, atMs);
    steps.set(step, steps.get(step) ?? picture(state, atMs));
    expect(picture(state, atMs)).toBe(steps.get(step));
  }
});

test('the arc of a running timer is as long as the time that is left', () => {
  const { state } = Mind.awake().ask(0, 'setTimer', { duration: 12 }).take({ type: 'cueEnded', atMs: 1000 });
  const lit = (atMs: number) => (picture(state, atMs).match(/070300/g) ?? []).length;
  expect([1000, 2000, 7000, 12_000, 12_999].map(lit)).toEqual([12, 11, 6, 1, 1]);
});

test('a time before the phase began shows its beginning', () => {
  const state = STATES.listening as State;
  expect(picture(state, -500)).toBe(picture(state, state.phaseSinceMs));
});
