import type { ResetReason } from '../../../firmware/core/boot';
import { BOOT_STAGES } from '../../../firmware/core/boot-stages';
import type { Store } from '../../../firmware/core/ports';
import { type BootStep, Device, type RecordPorts } from '../../../firmware/device/device';
import { AbsentHome } from '../../../firmware/fallbacks/absent-home';
import { MemoryStore } from '../../../firmware/fallbacks/memory-store';
import { TimedCues } from '../../../firmware/fallbacks/timed-cues';

import { ModelledFlash, testSeal } from '../record/modelled-flash';

interface Event {
  readonly atMs: number;
  readonly type: string;
  readonly [field: string]: unknown;
}

interface BenchOptions {
  readonly reset?: ResetReason;
  readonly store?: Store;
  readonly muted?: boolean;
  readonly record?: RecordPorts;
}

/** A device on a bench: time passes only when it is told to. */
class Bench {
  readonly store: Store;
  readonly lines: string[] = [];
  readonly pictures: string[] = [];
  readonly calls: string[] = [];
  readonly heard: object[] = [];
  readonly device: Device;
  readonly #later: (() => void)[] = [];
  nowMs = 0;
  elapsedSamples = 0;
  levelDb: number | undefined = -40;
  /** Whether the ear's sample count goes on with time. */
  isEarAlive = true;
  refreshes = 0;

  constructor({ reset = 'powerOn', store = new MemoryStore(), muted = false, record }: BenchOptions = {}) {
    this.store = store;
    const bench = this;
    const call =
      (name: string) =>
      (value?: unknown): void =>
        void this.calls.push(value === undefined ? name : `${name} ${value}`);
    this.device = new Device({
      ear: {
        listen: call('listen'),
        stopListening: call('stopListening'),
        setMuted: call('setMuted'),
        setSensitivity: call('setSensitivity'),
        setGuard: call('setGuard'),
        takeEvent: () => (bench.heard.length > 0 ? JSON.stringify(bench.heard.shift()) : undefined),
        get elapsedSamples() {
          return bench.elapsedSamples;
        },
        get levelDb() {
          return bench.levelDb;
        },
      },
      muteSwitch: { muted, poll: call('poll') },
      ring: {
        pixelCount: 7,
        show: (rgb) => void this.pictures.push(Buffer.from(rgb).toString('hex')),
        refresh: () => {
          this.refreshes += 1;
        },
      },
      store,
      clock: {
        get nowMs() {
          return bench.nowMs;
        },
      },
      resetReason: reset,
      ...(record ? { record } : {}),
      print: (line) => void this.lines.push(line),
      makeCues: (agenda, onEnded) => new TimedCues(agenda, onEnded),
      makeHome: (_, onDone) => new AbsentHome(onDone),
    });
  }

  boot(steps: readonly BootStep[] = []): this {
    this.device.boot(
      steps,
      (turn) => void this.#later.push(turn),
      () => void this.calls.push('booted'),
    );
    return this.settle();
  }

  settle(): this {
    for (let turn = this.#later.shift(); turn; turn = this.#later.shift()) turn();
    return this;
  }

  pass(ms: number): this {
    for (const endMs = this.nowMs + ms; this.nowMs < endMs; ) {
      this.nowMs += 20;
      if (this.isEarAlive) this.elapsedSamples += 320;
      this.device.advance();
    }
    return this;
  }

  hear(...events: readonly object[]): this {
    this.heard.push(...events);
    return this.pass(20);
  }

  say(intent: string): this {
    const sample = this.elapsedSamples;
    this.hear({ type: 'wakeWordHeard', sample, word: 'jarvis', confidence: 1 });
    return this.hear({ type: 'commandHeard', sample, confidence: 1, tokens: [`<${intent}`, intent] });
  }

  events(type: string): Event[] {
    return this.lines.map((line) => JSON.parse(line) as Event).filter((event) => event.type === type);
  }

  faults(): unknown[] {
    return this.events('faultOccurred').map(({ what }) => what);
  }
}

describe('booting', () => {
  it('takes its steps in order, each in a turn of its own, and lights ever more of the ring', () => {
    const bench = new Bench();
    const lit: number[] = [];
    const taken: string[] = [];
    const stages = BOOT_STAGES.slice(2);
    const steps = stages.map((stage) => ({
      stage,
      run: (done: () => void) => {
        lit.push((bench.pictures.at(-1)?.match(/020201/g) ?? []).length);
        taken.push(stage);
        done();
      },
    }));
    bench.boot(steps);
    expect(taken).toEqual(stages);
    expect(lit).toEqual([...lit].sort());
    expect(new Set(lit).size).toBeGreaterThan(1);
    expect(bench.events('booted')).toHaveLength(1);
    expect(bench.calls).toContain('booted');
  });

  it('waits for a step that needs the world', () => {
    const bench = new Bench();
    let finish: () => void = () => {};
    bench.boot([{ stage: 'sound', run: (done) => (finish = done) }]);
    expect(bench.events('booted')).toEqual([]);
    finish();
    bench.settle();
    expect(bench.events('booted')).toHaveLength(1);
  });

  it('that is given up keeps the switch and the ring, says why, and does not count as failed', () => {
    const bench = new Bench();
    const later = jest.fn();
    bench.boot([
      { stage: 'models', run: (_, giveUp) => giveUp('no models: a.tflite is damaged') },
      { stage: 'microphone', run: later },
    ]);
    expect(later).not.toHaveBeenCalled();
    expect(bench.device.isSafeMode).toBe(true);
    expect(bench.events('booted')).toEqual([expect.objectContaining({ isSafeMode: true })]);
    expect(bench.faults()).toEqual(['no models: a.tflite is damaged']);
    bench.device.tellMute(true);
    bench.pass(61_000);
    expect(bench.pictures.at(-1)).toBe('280000'.repeat(7));
    expect(bench.store.read('boot')).toBe('closed 0');
  });

  it('closes the ear and shows the mute before anything else when the switch is on', () => {
    const bench = new Bench({ muted: true });
    expect(bench.calls[0]).toBe('setMuted true');
    expect(bench.pictures[0]).toBe('280000'.repeat(7));
  });

  it('leaves the ear’s gate to the switch, and takes back what itself asked for when that is released', () => {
    const bench = new Bench().boot();
    bench.device.tellMute(true);
    bench.device.tellMuteReleased();
    bench.device.tellMute(false);
    expect(bench.calls.filter((call) => call.startsWith('setMuted'))).toEqual([
      'setMuted true',
      'setMuted false',
    ]);
    expect(bench.events('muteChanged').map(({ muted }) => muted)).toEqual([true, false]);
  });

  it('is on record as open until it has lasted a minute', () => {
    const bench = new Bench().boot();
    expect(bench.store.read('boot')).toBe('open 0');
    bench.pass(59_000);
    expect(bench.store.read('boot')).toBe('open 0');
    bench.pass(2_000);
    expect(bench.store.read('boot')).toBe('closed 0');
  });

  it('says what ended the boot before', () => {
    expect(new Bench({ reset: 'watchdog' }).boot().faults()).toEqual(['restarted by the watchdog']);
    expect(new Bench({ reset: 'powerOn' }).boot().faults()).toEqual([]);
  });
});

describe('three boots that fail', () => {
  const failThrice = (): Store => {
    const store = new MemoryStore();
    new Bench({ store }).boot();
    new Bench({ store, reset: 'panic' }).boot();
    new Bench({ store, reset: 'panic' }).boot();
    return store;
  };

  it('lead to safe mode, in which no step is tried', () => {
    const bench = new Bench({ store: failThrice(), reset: 'brownOut' });
    const run = jest.fn();
    bench.boot([{ stage: 'sound', run }]);
    expect(run).not.toHaveBeenCalled();
    expect(bench.events('booted')).toMatchObject([{ isSafeMode: true }]);
    expect(bench.faults()).toContain('safe mode after 3 boots that failed');
  });

  it('leave the switch and the ring at work', () => {
    const bench = new Bench({ store: failThrice(), reset: 'panic' }).boot().pass(5_000);
    expect(bench.events('ringChanged').at(-1)).toMatchObject({ pattern: 'safeMode' });
    bench.device.tellMute(true);
    expect(bench.calls).toContain('setMuted true');
    expect(bench.pictures.at(-1)).toBe('280000'.repeat(7));
  });

  it('are forgotten when a hand pulls the plug', () => {
    expect(new Bench({ store: failThrice(), reset: 'powerOn' }).boot().device.isSafeMode).toBe(false);
  });
});

describe('what outlasts the power', () => {
  it('is the volume, written once it has stood for five seconds', () => {
    const bench = new Bench().boot();
    const writes: string[] = [];
    const write = bench.store.write.bind(bench.store);
    bench.store.write = (key, value) => {
      writes.push(`${key} ${value}`);
      write(key, value);
    };
    bench.say('volumeUp').pass(2_000).say('volumeUp').pass(4_000);
    expect(writes).toEqual([]);
    bench.pass(2_000);
    expect(writes).toEqual(['volume 70']);
    expect(new Bench({ store: bench.store }).device.runtime.state.volumePercent).toBe(70);
  });

  it('is the sensitivity that somebody typed, which the ear has at once', () => {
    const bench = new Bench().boot();
    bench.device.obey('  sensitivity   high ');
    expect(bench.calls).toContain('setSensitivity high');
    expect(bench.events('settingsChanged')).toEqual([
      { atMs: 0, type: 'settingsChanged', sensitivity: 'high' },
    ]);
    expect(bench.lines.join()).not.toContain('setSensitivity');
    expect(new Bench({ store: bench.store }).calls).toContain('setSensitivity high');
  });

  it('is the volume that somebody typed, which counts at once', () => {
    const bench = new Bench().boot();
    bench.device.obey('volume 30');
    expect(bench.device.runtime.state.volumePercent).toBe(30);
    bench.pass(6_000);
    expect(new Bench({ store: bench.store }).device.runtime.state.volumePercent).toBe(30);
  });

  it('is the cue for listening, which then sounds', () => {
    const bench = new Bench().boot();
    bench.device.obey('listeningCue on');
    const next = new Bench({ store: bench.store }).boot();
    next.hear({ type: 'wakeWordHeard', sample: 0, word: 'jarvis', confidence: 1 });
    expect(next.events('playCue')).toMatchObject([{ cue: 'listening' }]);
  });

  it.each([
    ['sensitivity loud', "sensitivity 'loud': low, normal, high would be right"],
    ['sensitivity high low', "sensitivity 'high low': low, normal, high would be right"],
    ['volume 130', "volume '130': 0 to 100 percent would be right"],
    [
      'muted off',
      "no setting 'muted': there is sensitivity, softMute, volume, voice, listeningCue, retention, recordDetails, alarmVolume, snooze, zone, and settings tells all",
    ],
  ])('is nothing that is no setting: %s', (line, answer) => {
    const bench = new Bench().boot();
    const before = { calls: bench.calls.length, lines: bench.lines.length };
    bench.device.obey(line);
    expect(bench.lines.slice(before.lines)).toEqual([`# ${answer}`]);
    expect(bench.calls.slice(before.calls)).toEqual([]);
  });

  it.each([
    ['volume', '130', '0 to 100 percent'],
    ['volume', 'loud', '0 to 100 percent'],
    ['sensitivity', 'extreme', 'low, normal, high'],
    ['listeningCue', '1', 'on, off'],
  ])('is as from the factory when the store says %s is %s, which is told once', (key, value, right) => {
    const store = new MemoryStore();
    store.write(key, value);
    const bench = new Bench({ store }).boot();
    expect(bench.device.runtime.state).toMatchObject({
      sensitivity: 'normal',
      volumePercent: 50,
      listeningCue: false,
    });
    expect(bench.faults()).toEqual([
      `as from the factory, not as kept: ${key} '${value}': ${right} would be right`,
    ]);
    expect(new Bench({ store }).boot().faults()).toEqual([]);
  });

  it('loses no setting to another that makes no sense', () => {
    const store = new MemoryStore();
    store.write('volume', 'loud');
    store.write('sensitivity', 'low');
    store.write('listeningCue', 'on');
    expect(new Bench({ store }).boot().device.runtime.state).toMatchObject({
      sensitivity: 'low',
      volumePercent: 50,
      listeningCue: true,
    });
  });

  it('is the latest faults, and not every one of a storm of them', () => {
    const bench = new Bench().boot();
    for (let i = 0; i < 100; i += 1) bench.hear({ type: 'fault', sample: 0, what: `fault ${i}` });
    bench.pass(70_000).hear({ type: 'fault', sample: 0, what: 'one more' });
    expect(bench.store.read('faults')?.split('\n')).toEqual(['fault 0', 'one more']);
  });

  it('keeps eight faults at most', () => {
    const bench = new Bench().boot();
    for (let i = 0; i < 12; i += 1) bench.pass(61_000).hear({ type: 'fault', sample: 0, what: `fault ${i}` });
    expect(bench.store.read('faults')?.split('\n')).toEqual(
      [4, 5, 6, 7, 8, 9, 10, 11].map((i) => `fault ${i}`),
    );
  });

  it('costs a fault, told once, when the flash refuses', () => {
    const store = new MemoryStore();
    store.write = () => {
      throw new Error('worn out');
    };
    const bench = new Bench({ store }).boot();
    bench.say('volumeUp').pass(70_000);
    expect(bench.faults()).toEqual(['the settings cannot be kept: Error: worn out']);
  });
});

describe('how loud the microphone is', () => {
  const levels = (bench: Bench) => bench.lines.filter((line) => line.startsWith('# level'));

  it('is told once a second for half a minute after somebody has asked, and not before', () => {
    const bench = new Bench().boot().pass(2_000);
    expect(levels(bench)).toEqual([]);
    bench.device.obey(' level ');
    bench.levelDb = undefined;
    bench.pass(900);
    expect(levels(bench)).toEqual(['# level: nothing is heard']);
    bench.levelDb = -38;
    bench.pass(60_000);
    expect(levels(bench).slice(1)).toEqual(Array(29).fill('# level -38 dB'));
  });

  it('is told anew when somebody asks again', () => {
    const bench = new Bench().boot();
    bench.device.obey('level');
    bench.pass(19_900);
    bench.device.obey('level');
    bench.pass(60_000);
    expect(levels(bench)).toHaveLength(20 + 30);
  });

  it('changes nothing and is not kept', () => {
    const bench = new Bench().boot();
    const before = bench.calls.length;
    bench.device.obey('level');
    expect(bench.calls.slice(before)).toEqual([]);
    expect(levels(new Bench({ store: bench.store }).boot().pass(2_000))).toEqual([]);
  });
});

describe('the time', () => {
  it('is what somebody typed, in the zone that somebody typed', () => {
    const bench = new Bench().boot();
    bench.device.obey('zone CET-1CEST,M3.5.0,M10.5.0/3');
    bench.device.obey('time 1796155200');
    bench.say('whatTime');
    expect(bench.events('answer')).toMatchObject([{ says: 'time', values: { time: '21:00' } }]);
  });

  it('is no other text', () => {
    const bench = new Bench().boot();
    bench.device.obey('time soon');
    expect(bench.device.runtime.state.clockOffsetMs).toBeUndefined();
    expect(bench.lines.at(-1)).toMatch(/^# no setting 'time'/);
  });
});

describe('timers and alarms', () => {
  it('are there again when the power is', () => {
    const store = new MemoryStore();
    const bench = new Bench({ store }).boot();
    bench.device.tellTime(1_796_155_200_000);
    bench.hear({ type: 'wakeWordHeard', sample: 0, word: 'jarvis', confidence: 1 });
    const tokens = ['<setAlarm', '{time', 'seven', '+420', '^am', '}'];
    bench.hear({ type: 'commandHeard', sample: 0, confidence: 1, tokens });
    expect(new Bench({ store }).device.runtime.state.alarms).toMatchObject([{ minute: 420 }]);
  });

  it('that make no sense cost no other, and are told once', () => {
    const store = new MemoryStore();
    store.write('alarms', '25:00 weekdays 1 day 20000');
    store.write('timers', '600000 paused 300000 tea');
    const bench = new Bench({ store }).boot();
    expect(bench.device.runtime.state.timers).toMatchObject([{ leftMs: 300_000, name: 'tea' }]);
    expect(bench.faults()).toEqual([
      "as from the factory, not as kept: alarms '25:00 weekdays 1 day 20000': lines like '07:00 weekdays 62 day 20789' would be right",
    ]);
    expect(new Bench({ store }).boot().faults()).toEqual([]);
  });
});

describe('every turn', () => {
  it('tells of an ear that stands still, once', () => {
    const bench = new Bench().boot().pass(1_000);
    bench.isEarAlive = false;
    bench.pass(10_000);
    expect(bench.faults()).toEqual([
      'the ear stands still: no sound comes from the microphone, or its task hangs',
    ]);
  });

  it('looks at the switch before it hears what the ear has to tell', () => {
    const bench = new Bench().boot();
    bench.calls.length = 0;
    bench.hear({ type: 'wakeWordHeard', sample: 0, word: 'jarvis', confidence: 1 });
    expect(bench.calls.slice(0, 2)).toEqual(['poll', expect.stringMatching(/^listen/)]);
  });

  it('gives the ring another chance', () => {
    const bench = new Bench().boot();
    const before = bench.refreshes;
    bench.pass(200);
    expect(bench.refreshes).toBe(before + 10);
  });

  it('says at once that there is no home to ask', () => {
    const bench = new Bench().boot().say('turnOn');
    expect(bench.events('actionDone')).toMatchObject([{ ok: false }]);
    expect(bench.events('phaseChanged').at(-1)).toMatchObject({ to: 'error' });
  });
});

describe('the record', () => {
  const withRecord = (): { bench: Bench; intents: () => string[] } => {
    const bench = new Bench({ record: { pages: new ModelledFlash(5, 1024), seal: testSeal() } }).boot();
    const intents = (): string[] =>
      [...(bench.device.recorder?.record.entries() ?? [])].flatMap(({ entry }) =>
        entry.type === 'command' ? [entry.intent] : [],
      );
    return { bench, intents };
  };

  it('has what was said, until somebody says to forget it', () => {
    const { bench, intents } = withRecord();
    bench.say('volumeUp').pass(3_000).say('volumeDown').pass(3_000);
    expect(intents()).toEqual(['volumeUp', 'volumeDown']);
    bench.say('forgetLast').pass(3_000);
    expect(intents()).toEqual(['volumeUp']);
    bench.say('forgetEverything').pass(3_000);
    expect(intents()).toEqual([]);
  });

  it('keeps for how long the speaker has lived, and tidies itself', () => {
    const { bench, intents } = withRecord();
    bench.say('volumeUp');
    bench.device.obey('retention day');
    bench.nowMs += 86_400_000;
    bench.pass(40);
    expect(intents()).toEqual([]);
    expect(Number(bench.store.read('lived'))).toBeGreaterThanOrEqual(86_400);
  });

  it('that cannot be opened costs nothing else', () => {
    const bench = new Bench({ record: { pages: new ModelledFlash(1, 64), seal: testSeal() } }).boot();
    expect(bench.faults()).toEqual([expect.stringMatching(/record cannot be opened/)]);
    bench.say('volumeUp');
    expect(bench.device.runtime.state.volumePercent).toBe(60);
  });
});
