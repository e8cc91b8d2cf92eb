import type { LogEntry } from '../../../firmware/core/log';
import { FACTORY_SETTINGS, type Settings } from '../../../firmware/core/settings';
import { Recorder } from '../../../firmware/device/recorder';
import { Record } from '../../../firmware/record/record';
import { ModelledFlash, testSeal } from '../record/modelled-flash';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** A recorder whose clock moves only when it is told to. */
class Bench {
  readonly flash = new ModelledFlash(6, 1024);
  readonly refusals: unknown[] = [];
  readonly told: string[] = [];
  settings: Settings = FACTORY_SETTINGS;
  nowMs = 0;
  unixSeconds: number | undefined;
  midnightUnixSeconds: number | undefined;
  recorder = this.#open();

  #open(): Recorder {
    const bench = this;
    return new Recorder({
      record: new Record(this.flash, testSeal()),
      clock: {
        get nowMs() {
          return bench.nowMs;
        },
        get unixSeconds() {
          return bench.unixSeconds;
        },
        get midnightUnixSeconds() {
          return bench.midnightUnixSeconds;
        },
      },
      settings: () => this.settings,
      livedSeconds: 0,
      onRecorded: (index, { type }) => void this.told.push(`${index} ${type}`),
      onErased: () => void this.told.push('erased'),
      onRefused: (error) => void this.refusals.push(error),
    });
  }

  restart(): this {
    this.nowMs = 0;
    this.recorder = this.#open();
    return this;
  }

  pass(seconds: number): this {
    this.nowMs += seconds * 1000;
    if (this.unixSeconds !== undefined) this.unixSeconds += seconds;
    return this;
  }

  note(...entries: readonly object[]): this {
    for (const entry of entries) this.recorder.note({ atMs: this.nowMs, ...entry } as LogEntry);
    return this;
  }

  say(intent: string, slots: object = {}): this {
    return this.note(
      { type: 'wakeWordHeard', word: 'jarvis', sample: 1, confidence: 1 },
      { type: 'commandHeard', intent, slots, confidence: 1 },
    );
  }

  set(changes: Partial<Settings>): this {
    this.settings = { ...this.settings, ...changes };
    return this.note({ type: 'settingsChanged', ...changes });
  }

  get entries(): object[] {
    return [...this.recorder.record.entries()].map(({ entry: { livedSeconds: _, ...fact } }) => fact);
  }

  get intents(): string[] {
    return this.entries.flatMap((entry) => ('intent' in entry ? [String(entry.intent)] : []));
  }
}

describe('the recorder', () => {
  it('writes down wake words, commands, the switch and settings, and nothing else', () => {
    const bench = new Bench().say('turnOn', { room: 'kitchen' });
    bench.note(
      { type: 'muteChanged', muted: true },
      { type: 'partial', text: 'turn on' },
      { type: 'nearMiss', word: 'jarvis' },
      { type: 'ringChanged', pattern: 'idle' },
      { type: 'speechStarted' },
    );
    bench.set({ volumePercent: 30 });
    expect(bench.entries).toEqual([
      { type: 'wakeWord', word: 'jarvis' },
      { type: 'command', intent: 'turnOn' },
      { type: 'mute', muted: true },
      { type: 'setting', name: 'volume', value: '30' },
    ]);
    expect(bench.told).toEqual(['0 wakeWord', '1 command', '2 mute', '3 setting']);
  });

  it('keeps what a command was about only by choice', () => {
    const bench = new Bench().say('turnOn', { room: 'kitchen' });
    expect(Buffer.from(bench.flash.bytes).includes('kitchen')).toBe(false);
    bench.set({ recordDetails: true }).say('turnOn', { room: 'kitchen' });
    expect(bench.entries.at(-1)).toEqual({ type: 'command', intent: 'turnOn', slots: { room: 'kitchen' } });
  });

  it('writes down what went to the home, and where only by choice', () => {
    const message = { type: 'messageSent', topic: 'house/kitchen/set', text: 'ON' };
    const bench = new Bench().note(message);
    expect(Buffer.from(bench.flash.bytes).includes('kitchen')).toBe(false);
    bench.set({ recordDetails: true }).note(message, { ...message, topic: 'x'.repeat(60_000) });
    const characters = 19;
    expect(bench.entries.filter((entry) => 'characters' in entry)).toEqual([
      { type: 'sent', characters },
      { type: 'sent', characters, topic: 'house/kitchen/set' },
      { type: 'sent', characters: 60_002, topic: 'x'.repeat(128) },
    ]);
    expect(new Bench().set({ retention: 'nothing' }).note(message).entries.at(-1)).not.toHaveProperty(
      'characters',
    );
  });

  it('writes down nothing that was heard when nothing is to be kept, and deletes what was', () => {
    const bench = new Bench().say('turnOn').set({ retention: 'nothing' }).say('unlock');
    expect(bench.intents).toEqual([]);
    for (const text of ['turnOn', 'unlock', 'jarvis'])
      expect(Buffer.from(bench.flash.bytes).includes(text)).toBe(false);
  });

  it.each([
    ['day', DAY],
    ['week', 7 * DAY],
  ] as const)('deletes by itself after a %s, without any network', (retention, seconds) => {
    const bench = new Bench()
      .set({ retention })
      .say('turnOn')
      .pass(seconds / 2)
      .say('turnOff');
    bench.pass(seconds / 2 - 1).recorder.tidy();
    expect(bench.intents).toEqual(['turnOn', 'turnOff']);
    bench.pass(1).recorder.tidy();
    expect(bench.intents).toEqual(['turnOff']);
    expect(Buffer.from(bench.flash.bytes).includes('turnOn')).toBe(false);
    expect(bench.recorder.record.verify().altered).toEqual([]);
  });

  it('counts the time of all starts, and without power too once it knows what time it is', () => {
    const bench = new Bench()
      .set({ retention: 'day' })
      .say('turnOn')
      .pass(15 * HOUR)
      .say('turnOff');
    bench
      .restart()
      .pass(9 * HOUR + 1)
      .recorder.tidy();
    expect(bench.intents).toEqual(['turnOff']);
    bench.unixSeconds = 1_700_000_000;
    bench.say('lock').restart();
    bench.unixSeconds += DAY;
    bench.recorder.tidy();
    expect(bench.intents).toEqual([]);
  });

  it('does not delete for the sake of what it wrote when it deleted', () => {
    const bench = new Bench().set({ retention: 'day' }).say('turnOn').pass(DAY);
    for (let day = 0; day < 5; day += 1) {
      bench.recorder.tidy();
      bench.pass(DAY);
    }
    expect(bench.entries).toMatchObject([{ type: 'erased', reason: 'retention' }]);
  });

  it('forgets the last command together with the wish to forget it', () => {
    const bench = new Bench().say('lock').say('unlock').say('forgetLast');
    bench.recorder.erase('last');
    expect(bench.intents).toEqual(['lock']);
    expect(bench.entries.at(-1)).toMatchObject({ type: 'erased', from: 2, reason: 'person' });
  });

  it('forgets today: since midnight, or 24 hours where nobody knows when that was', () => {
    const bench = new Bench();
    bench.unixSeconds = 1_700_000_000;
    bench.midnightUnixSeconds = 1_700_000_000 + HOUR;
    bench
      .say('lock')
      .pass(2 * HOUR)
      .say('unlock')
      .recorder.erase('today');
    expect(bench.intents).toEqual(['lock']);
    const blind = new Bench().say('lock').pass(DAY).say('unlock');
    blind.recorder.erase('today');
    expect(blind.intents).toEqual(['lock']);
  });

  it('forgets everything, and says that it did', () => {
    const bench = new Bench().say('lock').say('unlock');
    bench.recorder.erase('everything');
    expect(bench.entries).toMatchObject([{ type: 'erased', from: 0, through: 4, reason: 'person' }]);
    expect(Buffer.from(bench.flash.bytes).includes('lock')).toBe(false);
  });

  it('goes on when the flash refuses, and says so once', () => {
    const bench = new Bench();
    bench.flash.write = () => {
      throw new Error('worn out');
    };
    bench.say('lock').say('unlock');
    expect(bench.refusals).toHaveLength(1);
  });

  it('would be found out if it kept everything: a deletion that is not carried out leaves its text', () => {
    const bench = new Bench().say('lock');
    bench.flash.erase = () => {};
    bench.recorder.erase('everything');
    expect(Buffer.from(bench.flash.bytes).includes('lock')).toBe(true);
  });
});
