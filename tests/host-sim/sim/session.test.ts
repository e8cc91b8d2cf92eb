import fc from 'fast-check';
import type { MuteSpan } from '../../../host-sim/sim/io/mute-spans';
import { Session } from '../../../host-sim/sim/session';
import type { EventLine } from '../../../host-sim/tools/replay/expect/expectations';
import { ScriptedEar, type ScriptedEvent } from './scripted-ear';

const SECOND = 16_000;
const WAKE: ScriptedEvent = { sample: SECOND, type: 'wakeWordHeard', word: 'jarvis', confidence: 0.95 };
const TURN_ON: ScriptedEvent = {
  sample: 2 * SECOND,
  type: 'commandHeard',
  confidence: 0.9,
  tokens: ['<turnOn', 'turn', 'on', 'the', '{device', 'lights', '}'],
};

interface Played {
  readonly lines: string[];
  readonly events: EventLine[];
  readonly ear: ScriptedEar;
}

function play(
  seconds: number,
  script: readonly ScriptedEvent[],
  mute: readonly MuteSpan[] = [],
  ringFrames = false,
  stored: Readonly<Record<string, string>> = {},
): Played {
  const lines: string[] = [];
  const ear = new ScriptedEar(seconds * SECOND, script);
  const session = new Session({
    ear,
    stored,
    pixelCount: 12,
    mute,
    ringFrames,
    write: (line) => lines.push(line),
  });
  while (session.step());
  return { lines, events: lines.map((line) => JSON.parse(line)), ear };
}

const typesOf = (events: readonly EventLine[]): string[] => events.map(({ type }) => type);
const timeOf = (events: readonly EventLine[], type: string): number | undefined =>
  events.find((event) => event.type === type)?.atMs;

describe('a session', () => {
  test('writes one JSON object a line, time first, then type', () => {
    for (const line of play(1, []).lines) expect(line).toMatch(/^\{"atMs":\d+,"type":"\w+"[^\n]*\}$/);
  });

  test('boots at once and then waits in silence', () => {
    const { events } = play(3, []);
    expect(typesOf(events)).toEqual(expect.arrayContaining(['booted', 'phaseChanged']));
    expect(events.every(({ atMs }) => atMs === 0)).toBe(true);
  });

  test('goes from wake word through command and action to its cue, in that order', () => {
    const { events } = play(4, [WAKE, TURN_ON]);
    const order = ['wakeWordHeard', 'listen', 'commandHeard', 'perform', 'actionDone', 'playCue', 'cueEnded'];
    const places = order.map((type) => typesOf(events).indexOf(type));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('tells what the ear heard in the hop in which it heard it', () => {
    const { events } = play(4, [WAKE, TURN_ON]);
    expect(timeOf(events, 'wakeWordHeard')).toBe(1000);
    expect(timeOf(events, 'commandHeard')).toBe(2000);
  });

  test('lets the home answer and cues end in sample time', () => {
    const { events } = play(4, [WAKE, TURN_ON]);
    expect(timeOf(events, 'actionDone')).toBe(2240);
    expect(timeOf(events, 'cueEnded')).toBe(2240 + 280);
  });

  test('goes back to idle after it has replied', () => {
    const phases = play(4, [WAKE, TURN_ON]).events.filter(({ type }) => type === 'phaseChanged');
    expect(phases.map(({ to }) => to)).toEqual(['idle', 'listening', 'thinking', 'replying', 'idle']);
  });

  test('takes the settings that its store holds when the power comes', () => {
    const cues = play(4, [WAKE, TURN_ON], [], false, { volume: '70' }).events.filter(
      ({ type }) => type === 'playCue',
    );
    expect(cues.map(({ volumePercent }) => volumePercent)).toEqual([70]);
  });

  test('gives the same lines every time', () => {
    const mute = [{ startMs: 2505, endMs: 3007 }];
    expect(play(4, [WAKE, TURN_ON], mute, true).lines).toEqual(play(4, [WAKE, TURN_ON], mute, true).lines);
  });

  test('ends with the recording, be its last hop whole or not', () => {
    const lines: string[] = [];
    const ear = new ScriptedEar(SECOND + 7);
    const session = new Session({
      ear,
      pixelCount: 12,
      mute: [],
      ringFrames: false,
      write: (line) => lines.push(line),
    });
    let steps = 0;
    while (session.step()) steps++;
    expect(steps).toBe(100);
    expect(session.step()).toBe(false);
  });
});

describe('the mute switch in a session', () => {
  test('closes the gate on the very sample, within a hop too', () => {
    const { ear } = play(1, [], [{ startMs: 102.5, endMs: 207 }]);
    expect(ear.calls.find((call) => call.endsWith(' mute'))).toBe('1640: mute');
    expect(ear.calls.find((call) => call.endsWith('unmute'))).toBe('3312: unmute');
  });

  test('is seen before anything else when it is closed from the start', () => {
    const { ear, events } = play(2, [WAKE], [{ startMs: 0, endMs: 5000 }]);
    expect(ear.calls[0]).toBe('0: mute');
    expect(events[0]).toMatchObject({ atMs: 0, type: 'ringChanged', pattern: 'muted' });
    expect(typesOf(events)).not.toContain('wakeWordHeard');
  });

  test('ends listening, and what was said before it completes nothing after it', () => {
    const { events } = play(4, [WAKE, TURN_ON], [{ startMs: 1500, endMs: 1600 }]);
    expect(typesOf(events)).toContain('wakeWordHeard');
    expect(typesOf(events)).not.toContain('commandHeard');
    expect(
      events.filter(({ type }) => type === 'muteChanged').map(({ atMs, muted }) => [atMs, muted]),
    ).toEqual([
      [1500, true],
      [1600, false],
    ]);
  });

  test('shows on the ring in the same millisecond, every LED lit', () => {
    const { events } = play(2, [WAKE], [{ startMs: 1503, endMs: 1900 }], true);
    const frame = events.find(({ type, atMs }) => type === 'ringFrame' && atMs >= 1503);
    expect(frame?.atMs).toBe(1503);
    expect(String(frame?.rgb)).toMatch(/^(..0000){12}$/);
    expect(String(frame?.rgb)).not.toMatch(/000000/);
  });

  test('lets nothing through while it is closed, wherever its edges fall', () => {
    const span = fc
      .tuple(fc.nat(3900), fc.integer({ min: 1, max: 1500 }))
      .map(([startMs, length]) => ({ startMs, endMs: startMs + length }));
    fc.assert(
      fc.property(
        fc.array(span, { maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 4 * SECOND }), { maxLength: 6 }),
        (mute, samples) => {
          const script = samples.flatMap((sample) => [
            { ...WAKE, sample },
            { ...TURN_ON, sample: sample + 3000 },
          ]);
          let muted = false;
          for (const event of play(4, script, mute, true).events) {
            if (event.type === 'muteChanged') muted = event.muted === true;
            if (muted) expect(event.type).not.toMatch(/Heard|listen|perform/);
            if (muted && event.type === 'ringFrame') expect(event.rgb).toMatch(/^(?!0{72})(..0000){12}$/);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('ring frames', () => {
  test('come only when the picture changes, at most one in 20 ms of animation', () => {
    const frames = play(4, [WAKE, TURN_ON], [], true).events.filter(({ type }) => type === 'ringFrame');
    expect(frames.length).toBeGreaterThan(10);
    const pictures = frames.map(({ rgb }) => rgb);
    expect(pictures.slice(1).every((picture, i) => picture !== pictures[i])).toBe(true);
  });

  test('are left out unless they are asked for; the pattern is always named', () => {
    const types = typesOf(play(4, [WAKE]).events);
    expect(types).not.toContain('ringFrame');
    expect(types).toContain('ringChanged');
  });
});
