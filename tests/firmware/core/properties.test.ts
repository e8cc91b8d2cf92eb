import fc from 'fast-check';
import type { Event } from '../../../firmware/core/events';
import { keepsOf, keptOf, readKept } from '../../../firmware/core/kept';
import { patternName, renderRing } from '../../../firmware/core/ring';
import type { Settings } from '../../../firmware/core/settings';
import type { State } from '../../../firmware/core/state';
import { SENSITIVITIES } from '../../../firmware/core/wake-points';
import { command, Mind, wake } from './worlds';

const MUTED_PICTURE = [40, 0, 0, 40, 0, 0, 40, 0, 0];

const intents = fc.constantFrom(
  ...[
    'setTimer',
    'cancelTimer',
    'cancelAllTimers',
    'timerLeft',
    'stop',
    'neverMind',
    'setVolume',
    'volumeUp',
  ],
  ...['turnOn', 'yes', 'no', 'constructor', ''],
);
const slotValues = fc.oneof(fc.string(), fc.double(), fc.integer({ min: -10, max: 1000 }));
const settingsChanges: fc.Arbitrary<Partial<Settings>> = fc.record(
  {
    sensitivity: fc.constantFrom(...SENSITIVITIES),
    volumePercent: fc.integer({ min: 0, max: 100 }),
    listeningCue: fc.boolean(),
  },
  { requiredKeys: [] },
);
const slots = fc.dictionary(fc.constantFrom('duration', 'name', 'level', '__proto__'), slotValues);

/** Something that happens, at a time that mostly runs forward. */
const happenings: fc.Arbitrary<(atMs: number) => Event> = fc.oneof(
  fc.constant((atMs: number): Event => ({ type: 'booted', atMs })),
  fc.constant(wake),
  fc.constant((atMs: number): Event => ({ type: 'speechStarted', atMs })),
  fc.tuple(intents, slots).map(
    ([intent, values]) =>
      (atMs: number) =>
        command(atMs, intent, values),
  ),
  intents.map(
    (intent) =>
      (atMs: number): Event => ({
        type: 'commandDoubted',
        atMs,
        sample: 0,
        command: { intent, slots: {}, words: intent, confidence: 0.6 },
      }),
  ),
  fc.constantFrom('silence' as const, 'notUnderstood' as const).map(
    (reason) =>
      (atMs: number): Event => ({ type: 'speechEnded', atMs, reason }),
  ),
  fc.boolean().map(
    (muted) =>
      (atMs: number): Event => ({ type: 'muteChanged', atMs, muted }),
  ),
  fc.tuple(fc.nat(5), fc.boolean()).map(
    ([id, ok]) =>
      (atMs: number): Event => ({ type: 'actionDone', atMs, id, ok }),
  ),
  fc.constant((atMs: number): Event => ({ type: 'cueEnded', atMs })),
  fc.boolean().map(
    (up) =>
      (atMs: number): Event => ({ type: 'linkChanged', atMs, up }),
  ),
  settingsChanges.map(
    (changes) =>
      (atMs: number): Event => ({ type: 'settingsChanged', atMs, changes }),
  ),
  fc.constant((atMs: number): Event => ({ type: 'muteReleased', atMs })),
  fc.constant((atMs: number): Event => ({ type: 'audioOverran', atMs, lostSamples: 160 })),
  fc.constant((atMs: number): Event => ({ type: 'faultOccurred', atMs, what: 'trouble' })),
  fc.constant((atMs: number): Event => ({ type: 'timeAdvanced', atMs })),
);
const pauses = fc.oneof(fc.integer({ min: -50, max: 3000 }), fc.integer({ min: 0, max: 700_000 }));

const histories = fc.array(fc.tuple(happenings, pauses), { maxLength: 60 }).map((steps) => {
  const events: Event[] = [{ type: 'booted', atMs: 0 }];
  let atMs = 0;
  for (const [eventAt, pauseMs] of steps) {
    atMs = Math.max(0, atMs + pauseMs);
    events.push(eventAt(atMs));
  }
  return events;
});

function whatever(check: (before: State, event: Event, mind: Mind) => void): void {
  fc.assert(
    fc.property(histories, (events) => {
      const mind = new Mind();
      for (const event of events) {
        const before = mind.state;
        mind.effects.length = 0;
        mind.take(event);
        check(before, event, mind);
      }
    }),
    { numRuns: 300 },
  );
}

test('whatever happens, a muted speaker shows the mute picture and nothing else', () => {
  const rgb = new Uint8Array(9);
  whatever((_before, event, { state }) => {
    renderRing(state, event.atMs, rgb);
    if (state.muted) expect([...rgb]).toEqual(MUTED_PICTURE);
    else expect(patternName(state)).not.toBe('muted');
  });
});

test('whatever happens, a speaker that is not muted asks for no mute', () => {
  whatever((_before, _event, { state }) => {
    if (!state.muted) expect(state.asksForMute).toBe(false);
  });
});

test('whatever happens, a muted speaker neither listens nor asks the home for anything', () => {
  whatever((before, _event, { state, effects }) => {
    if (!state.muted) return;
    expect(['listening', 'asking', 'thinking']).not.toContain(state.phase);
    expect(effects.filter(({ type }) => type === 'listen' || type === 'perform')).toEqual([]);
    if (before.phase === 'listening') expect(effects.map(({ type }) => type)).toContain('stopListening');
  });
});

test('whatever happens, a command counts only within a listening that nothing has ended', () => {
  let open = false;
  whatever((before, event, { effects }) => {
    if (before.phase === 'booting') open = false;
    const performed = effects.some(({ type }) => type === 'perform');
    if (performed) expect([open, event.type]).toEqual([true, 'commandHeard']);
    for (const { type } of effects) {
      if (type === 'listen') open = true;
      if (type === 'stopListening' || type === 'setMuted') open = false;
    }
  });
});

test('whatever happens, time does not run back', () => {
  whatever((before, _event, { state }) => expect(state.atMs).toBeGreaterThanOrEqual(before.atMs));
});

test('whatever happens, numbers stay within their ranges', () => {
  whatever((_before, _event, { state }) => {
    expect(state.volumePercent).toBeGreaterThanOrEqual(0);
    expect(state.volumePercent).toBeLessThanOrEqual(100);
    expect(state.timers.length).toBeLessThanOrEqual(10);
    expect(state.timers.every(({ durationMs }) => durationMs > 0)).toBe(true);
  });
});

test('whatever happens, what was kept is all that the next boot needs to start with the same settings', () => {
  const store = new Map<string, string>();
  whatever((before, _event, { state }) => {
    if (before.phase === 'booting')
      for (const [key, text] of Object.entries(keptOf(before))) store.set(key, text);
    for (const { key, text } of keepsOf(before, state)) store.set(key, text);
    const { settings, spoilt } = readKept((key) => store.get(key));
    expect(spoilt).toEqual([]);
    expect(state).toMatchObject(settings);
  });
});

test('whatever happened, it is at rest again in the end', () => {
  fc.assert(
    fc.property(histories, (events) => {
      const mind = new Mind().take(...events);
      const beginMs = mind.state.atMs;
      // two waits for the phase that runs and the one that follows it, then one for every timer there can be
      for (let wait = 1; wait <= 30; wait += 1) mind.wait(beginMs + wait * 700_000_000);
      expect(mind.state).toMatchObject({ phase: 'idle', timers: [] });
    }),
  );
});
