import type { LogEntry } from '../../../firmware/core/log';
import type { Action, Actions, Cue, Cues, Ear, Keeper, Ring } from '../../../firmware/core/ports';
import { Runtime } from '../../../firmware/core/runtime';
import { DEFAULT_SETTINGS, type SpeakerSettings } from '../../../firmware/core/state';
import type { Guard, Sensitivity } from '../../../firmware/core/wake-points';

const PIXELS = 4;
const RED = '280000'.repeat(PIXELS);
const DARK = '000000'.repeat(PIXELS);

/** A speaker on a desk: its hardware only remembers what it was told. */
class Desk implements Ear, Ring, Actions, Cues, Keeper {
  readonly pixelCount = PIXELS;
  readonly done: string[] = [];
  readonly kept: string[] = [];
  readonly frames: string[] = [];
  readonly log: LogEntry[] = [];
  readonly heard: string[] = [];
  readonly runtime: Runtime;
  sensitivity: Sensitivity | undefined;
  /** What the home does at once with an action. */
  onAction: (action: Action) => void = () => {};

  constructor(settings: Partial<SpeakerSettings> = {}) {
    const ports = { ear: this, ring: this, actions: this, cues: this, keeper: this };
    this.runtime = new Runtime(ports, { ...DEFAULT_SETTINGS, voice: 'tones', ...settings }, (entry) =>
      this.log.push(entry),
    );
  }

  listen(sinceSample: number): void {
    this.done.push(`listen ${sinceSample}`);
  }
  stopListening(): void {
    this.done.push('stopListening');
  }
  setMuted(muted: boolean): void {
    this.done.push(`setMuted ${muted}`);
    this.heard.length = 0;
  }
  setSensitivity(sensitivity: Sensitivity): void {
    this.sensitivity = sensitivity;
  }
  setGuard(guard: Guard): void {
    this.done.push(guard);
  }
  takeEvent(): string | undefined {
    return this.heard.shift();
  }
  show(rgb: Uint8Array): void {
    this.frames.push(Buffer.from(rgb).toString('hex'));
  }
  perform(action: Action): void {
    this.done.push(`perform ${JSON.stringify(action)}`);
    this.onAction(action);
  }
  play(cue: Cue, volumePercent: number): void {
    this.done.push(`play ${cue} ${volumePercent}`);
  }
  say(clips: readonly string[], cue: Cue, volumePercent: number): void {
    this.done.push(`say ${clips.join('|')} ${cue} ${volumePercent}`);
  }
  stop(): void {
    this.done.push('stop');
  }
  keep(key: string, text: string, settleMs: number): void {
    this.kept.push(`${key} ${text} after ${settleMs}`);
  }

  boot(): this {
    this.runtime.dispatch({ type: 'booted', atMs: 0 });
    return this;
  }

  /** Lets time pass in steps of 10 ms. */
  run(untilMs: number, fromMs = 0): this {
    for (let atMs = fromMs; atMs <= untilMs; atMs += 10) this.runtime.advance(atMs);
    return this;
  }

  hear(...events: object[]): this {
    this.heard.push(...events.map((event) => JSON.stringify(event)));
    return this;
  }

  types(): string[] {
    return this.log.map(({ type }) => type);
  }
}

const WAKE = { type: 'wakeWordHeard', sample: 16_000, word: 'jarvis', confidence: 0.95 };
const LIGHT_ON = {
  type: 'commandHeard',
  sample: 32_000,
  confidence: 0.9,
  tokens: ['<turnOn', 'turn', 'on', 'the', '{device', 'light', '}'],
};

describe('the speaker', () => {
  it('tells the ear how easily to wake', () => {
    expect(new Desk().sensitivity).toBe('normal');
    expect(new Desk({ sensitivity: 'high' }).sensitivity).toBe('high');
  });

  it('takes a command from the ear to the home, and writes down each step', () => {
    const desk = new Desk().boot().hear(WAKE);
    desk.runtime.advance(1000);
    desk.hear(LIGHT_ON).runtime.advance(2000);
    desk.runtime.dispatch({ type: 'actionDone', atMs: 2200, id: 1, ok: true });
    desk.runtime.dispatch({ type: 'cueEnded', atMs: 2400 });
    const action = { id: 1, intent: 'turnOn', slots: { device: 'light' } };
    expect(desk.done).toEqual([
      'listen 3520',
      'stopListening',
      `perform ${JSON.stringify(action)}`,
      'closed',
      'play done 50',
      'unguarded',
    ]);
    expect(desk.log).toEqual([
      { atMs: 0, type: 'ringChanged', pattern: 'booting' },
      { atMs: 0, type: 'booted' },
      { atMs: 0, type: 'phaseChanged', from: 'booting', to: 'idle' },
      { atMs: 0, type: 'ringChanged', pattern: 'off' },
      { atMs: 1000, type: 'wakeWordHeard', sample: 16_000, word: 'jarvis', confidence: 0.95 },
      { atMs: 1000, type: 'phaseChanged', from: 'idle', to: 'listening' },
      { atMs: 1000, type: 'listen', sinceSample: 3520 },
      { atMs: 1000, type: 'ringChanged', pattern: 'listening' },
      {
        atMs: 2000,
        type: 'commandHeard',
        intent: 'turnOn',
        slots: { device: 'light' },
        words: 'turn on the light',
        confidence: 0.9,
      },
      { atMs: 2000, type: 'phaseChanged', from: 'listening', to: 'thinking' },
      { atMs: 2000, type: 'stopListening' },
      { atMs: 2000, type: 'perform', ...action },
      { atMs: 2000, type: 'ringChanged', pattern: 'thinking' },
      { atMs: 2200, type: 'actionDone', id: 1, ok: true },
      { atMs: 2200, type: 'phaseChanged', from: 'thinking', to: 'replying' },
      { atMs: 2200, type: 'playCue', cue: 'done', volumePercent: 50 },
      { atMs: 2200, type: 'ringChanged', pattern: 'replying' },
      { atMs: 2400, type: 'cueEnded' },
      { atMs: 2400, type: 'phaseChanged', from: 'replying', to: 'idle' },
      { atMs: 2400, type: 'ringChanged', pattern: 'off' },
    ]);
  });

  it('hands a sensitivity that has changed to the ear, once', () => {
    const desk = new Desk().boot();
    for (const sensitivity of ['low', 'low', 'high'] as const)
      desk.runtime.dispatch({ type: 'settingsChanged', atMs: 10, changes: { sensitivity } });
    expect(desk.sensitivity).toBe('high');
    expect(desk.runtime.state.sensitivity).toBe('high');
    expect(desk.done).toEqual([]);
  });

  it('has each setting kept that has changed, and no other', () => {
    const desk = new Desk().boot();
    const changes = { volumePercent: 30, listeningCue: true, sensitivity: 'normal' } as const;
    desk.runtime.dispatch({ type: 'settingsChanged', atMs: 10, changes });
    expect(desk.kept).toEqual(['volume 30 after 5000', 'listeningCue on after 0']);
  });

  it('writes settings down once, as they were changed', () => {
    const desk = new Desk().boot();
    const before = desk.log.length;
    desk.runtime.dispatch({ type: 'settingsChanged', atMs: 10, changes: { listeningCue: true } });
    expect(desk.log.slice(before)).toEqual([{ atMs: 10, type: 'settingsChanged', listeningCue: true }]);
  });

  it('writes time first and type second in every line', () => {
    const desk = new Desk().boot().hear(WAKE, { type: 'partial', sample: 1, tokens: [] }, LIGHT_ON).run(100);
    desk.runtime.dispatch({ type: 'muteChanged', atMs: 100, muted: true });
    for (const entry of desk.log) expect(Object.keys(entry).slice(0, 2)).toEqual(['atMs', 'type']);
  });

  it('finishes one event before it takes the next, when a home answers at once', () => {
    const desk = new Desk().boot();
    desk.onAction = ({ id }) => desk.runtime.dispatch({ type: 'actionDone', atMs: 0, id, ok: true });
    desk.hear(WAKE, LIGHT_ON).run(0);
    expect(desk.types().slice(-5)).toEqual([
      'ringChanged',
      'actionDone',
      'phaseChanged',
      'playCue',
      'ringChanged',
    ]);
  });

  it('writes down near misses and partial results without acting on them', () => {
    const miss = { type: 'nearMiss', word: 'jarvis', confidence: 0.5, reason: 'vetoed', levelDb: -30 };
    const partial = { type: 'partial', sample: 200, tokens: ['turn'] };
    const desk = new Desk()
      .boot()
      .hear({ ...miss, sample: 160 }, partial)
      .run(10);
    expect(desk.log.slice(-2)).toEqual([
      { atMs: 0, ...miss },
      { atMs: 0, ...partial },
    ]);
    expect(desk.done).toEqual([]);
  });

  it('shows a fault when the ear talks nonsense', () => {
    const desk = new Desk().boot();
    desk.heard.push('nonsense');
    desk.run(0);
    expect(desk.log).toContainEqual({
      atMs: 0,
      type: 'faultOccurred',
      what: 'the ear sent no JSON: nonsense',
    });
    expect(desk.types()).toContain('ringChanged');
  });

  it('writes down the life of a timer', () => {
    const tokens = ['<setTimer', '{duration', 'ten', '+10', 'seconds', '}'];
    const desk = new Desk()
      .boot()
      .hear(WAKE, { ...LIGHT_ON, tokens })
      .run(12_000);
    desk.runtime.dispatch({ type: 'muteChanged', atMs: 12_010, muted: true });
    expect(desk.log.filter(({ type }) => type.startsWith('timer'))).toEqual([
      { atMs: 0, type: 'timerStarted', timer: 1, durationMs: 10_000 },
      { atMs: 10_000, type: 'timerRang', timer: 1 },
      { atMs: 12_010, type: 'timerEnded', timer: 1 },
    ]);
  });
});

describe('the ring', () => {
  it('shows the first picture before anything happens', () => {
    expect(new Desk().frames).toHaveLength(1);
  });

  it('is lit 50 times a second at most, and only when its picture moves', () => {
    const desk = new Desk().boot().run(1000);
    expect(desk.frames.slice(1)).toEqual([DARK]);
    desk.hear(WAKE).run(2000, 1010);
    expect(desk.frames.length - 2).toBe(1 + Math.floor(990 / 60));
  });

  it('shows the mute picture at once, and at once its end', () => {
    const desk = new Desk().boot().hear(WAKE).run(500);
    desk.runtime.dispatch({ type: 'muteChanged', atMs: 505, muted: true });
    expect(desk.frames.at(-1)).toBe(RED);
    desk.run(1500, 510);
    desk.runtime.dispatch({ type: 'muteChanged', atMs: 1505, muted: false });
    expect(desk.frames.at(-1)).toBe(DARK);
  });

  it('makes up for a long pause with one picture, not with a burst', () => {
    const desk = new Desk().boot();
    const before = desk.frames.length;
    desk.hear(WAKE).run(0).runtime.advance(5000);
    expect(desk.frames.length - before).toBe(2);
  });
});

describe('a speaker that is muted from the start', () => {
  it('closes the gate and shows the mute picture before it boots', () => {
    const desk = new Desk({ muted: true });
    expect(desk.done).toEqual(['setMuted true']);
    expect(desk.frames).toEqual([RED]);
  });

  it('takes its mute back without a word when the switch is released', () => {
    const desk = new Desk({ muted: true }).boot();
    const lines = desk.log.length;
    desk.runtime.dispatch({ type: 'muteReleased', atMs: 10 });
    expect(desk.done).toEqual(['setMuted true', 'setMuted false']);
    expect(desk.log).toHaveLength(lines);
    expect(desk.frames.at(-1)).toBe(RED);
  });

  it('hears when it is opened', () => {
    const desk = new Desk({ muted: true }).boot();
    desk.runtime.dispatch({ type: 'muteChanged', atMs: 10, muted: false });
    desk.hear(WAKE).run(20);
    expect(desk.done).toEqual([
      'setMuted true',
      'setMuted false',
      'closed',
      'play unmuted 50',
      'stop',
      'listen 3520',
      'unguarded',
    ]);
  });
});

test('a quiet night allocates no pictures and writes no lines', () => {
  const desk = new Desk().boot();
  const lines = desk.log.length;
  desk.run(60_000);
  expect(desk.log).toHaveLength(lines);
});
