import { DAY_SECONDS } from '../core/calendar';
import type { LogEntry } from '../core/log';
import type { Eraser, ToErase } from '../core/ports';
import { SETTING_FIELDS, SETTINGS, type Settings, settingText } from '../core/settings';
import type { Entry, Fact, Moment } from '../record/entry';
import type { Record } from '../record/record';
import { ageSeconds, expiredThrough, isKept } from '../record/retention';

/** How late it is, as far as the speaker knows. */
export interface RecorderClock {
  /** Since the start. */
  readonly nowMs: number;
  /** Since 1970, or undefined while that is not known. */
  readonly unixSeconds?: number | undefined;
  /** When today began where the speaker stands; undefined while that is not known. */
  readonly midnightUnixSeconds?: number | undefined;
}

export interface RecorderOptions {
  readonly record: Record;
  readonly clock: RecorderClock;
  readonly settings: () => Settings;
  /** How long the speaker had lived when it was last asked to be remembered. */
  readonly livedSeconds: number;
  readonly onRecorded: (index: number, entry: Entry) => void;
  readonly onErased: () => void;
  /** The flash refuses. Called once. */
  readonly onRefused: (error: unknown) => void;
}

/** Writes down what a person may want to know later, and deletes what is not to be kept. */
export class Recorder implements Eraser {
  readonly #options: RecorderOptions;
  readonly #livedBefore: number;
  #hasRefused = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#livedBefore = Math.max(options.livedSeconds, options.record.newestEntry?.livedSeconds ?? 0);
  }

  get record(): Record {
    return this.#options.record;
  }

  get now(): Moment {
    const { nowMs, unixSeconds } = this.#options.clock;
    const livedSeconds = this.#livedBefore + Math.floor(nowMs / 1000);
    return { livedSeconds, ...(unixSeconds === undefined ? {} : { unixSeconds: Math.floor(unixSeconds) }) };
  }

  /** Of what the speaker says of itself, that which belongs on record. */
  note(entry: LogEntry): void {
    for (const fact of factsOf(entry, this.#options.settings().recordDetails)) this.add(fact);
    if (entry.type === 'settingsChanged' && 'retention' in entry) this.tidy();
  }

  add(fact: Fact): void {
    const { record, settings, onRecorded } = this.#options;
    if (!isKept(fact, settings().retention)) return;
    this.#try(() => {
      const entry = { ...fact, ...this.now };
      record.append(entry);
      onRecorded(record.head.index - 1, entry);
    });
  }

  /** Deletes what has been kept for long enough. */
  tidy(): void {
    const { record, settings } = this.#options;
    this.#try(() => {
      const through = expiredThrough(record.entries(), this.now, settings().retention);
      if (through !== undefined) this.#erase(0, through, 'retention');
    });
  }

  erase(what: ToErase): void {
    const { index } = this.record.head;
    this.#try(() => this.#erase(this.#beginOf(what), index, 'person'));
  }

  eraseEntry(index: number): void {
    this.#try(() => this.#erase(index, index + 1, 'person'));
  }

  #erase(from: number, through: number, reason: 'person' | 'retention'): void {
    const { record, onErased } = this.#options;
    record.erase({ from, through }, reason, this.now);
    onErased();
  }

  #beginOf(what: ToErase): number {
    if (what === 'everything') return 0;
    return what === 'today' ? this.#beginOfToday() : this.#beginOfLast();
  }

  /** Where nobody knows when today began, the last 24 hours. */
  #beginOfToday(): number {
    const { midnightUnixSeconds } = this.#options.clock;
    for (const { index, entry } of this.record.entries()) {
      const isOfToday =
        midnightUnixSeconds !== undefined && entry.unixSeconds !== undefined
          ? entry.unixSeconds >= midnightUnixSeconds
          : ageSeconds(entry, this.now) < DAY_SECONDS;
      if (isOfToday) return index;
    }
    return this.record.head.index;
  }

  /** From the wake word of the command before the last one on, which is the wish to forget it. */
  #beginOfLast(): number {
    const begins: number[] = [];
    let wokenAt: number | undefined;
    for (const { index, entry } of this.record.entries()) {
      if (entry.type === 'wakeWord') wokenAt = index;
      if (entry.type !== 'command') continue;
      begins.push(wokenAt ?? index);
      wokenAt = undefined;
    }
    return begins.at(-2) ?? begins.at(-1) ?? this.record.head.index;
  }

  /** A flash that refuses costs the record, not the speaker. */
  #try(write: () => void): void {
    try {
      write();
    } catch (error) {
      if (this.#hasRefused) return;
      this.#hasRefused = true;
      this.#options.onRefused(error);
    }
  }
}

/** So much of a topic goes on record: an entry has its limit. */
const LONGEST_TOPIC = 128;

function factsOf(entry: LogEntry, withDetails: boolean): readonly Fact[] {
  switch (entry.type) {
    case 'wakeWordHeard':
      return [{ type: 'wakeWord', word: entry.word }];
    case 'commandHeard': {
      const { intent, slots } = entry;
      const isWorthIt = withDetails && Object.keys(slots).length > 0;
      return [{ type: 'command', intent, ...(isWorthIt ? { slots } : {}) }];
    }
    case 'messageSent': {
      const { topic, text } = entry;
      const characters = topic.length + text.length;
      return [{ type: 'sent', characters, ...(withDetails ? { topic: topic.slice(0, LONGEST_TOPIC) } : {}) }];
    }
    case 'muteChanged':
      return [{ type: 'mute', muted: entry.muted }];
    case 'settingsChanged':
      return SETTING_FIELDS.flatMap((field): Fact[] => {
        const value = entry[field];
        return value === undefined
          ? []
          : [{ type: 'setting', name: SETTINGS[field].name, value: settingText(value) }];
      });
    default:
      return [];
  }
}
