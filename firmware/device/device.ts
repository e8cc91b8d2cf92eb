import { Agenda } from '../core/agenda';
import {
  BOOT_LASTS_MS,
  type BootPlan,
  bootRecordText,
  lastingRecord,
  parseBootRecord,
  planBoot,
  type ResetReason,
  troubleBefore,
} from '../core/boot';
import type { BootStage } from '../core/boot-stages';
import { EarWatch } from '../core/ear-watch';
import { withFault } from '../core/fault-record';
import { readKept, type Spoilt } from '../core/kept';
import { LEVEL_WORD, LevelLines, levelLine } from '../core/level-lines';
import type { HomeEntry, LogEntry } from '../core/log';
import type { Actions, Clock, Cues, Done, Ear, Eraser, Ring, Store } from '../core/ports';
import { Runtime } from '../core/runtime';
import type { Settings } from '../core/settings';
import { readSettingsLine } from '../core/settings-line';
import { isMuted, type State } from '../core/state';
import { epochSecondsOf, midnightOf, type TimeKnown } from '../core/wall-clock';
import type { Entry } from '../record/entry';
import type { Pages, Seal } from '../record/ports';
import { Record } from '../record/record';
import { Recorder, type RecorderClock } from './recorder';
import { StoreKeeper } from './store-keeper';

/** What a board gives. */
export interface DevicePorts {
  readonly ear: Ear & { readonly elapsedSamples: number; readonly levelDb: number | undefined };
  /** Read before anything else. */
  readonly muteSwitch: { readonly muted: boolean; poll(): void };
  readonly ring: Ring & { refresh(): void };
  readonly store: Store;
  readonly clock: Clock;
  /** Where the record of what was heard and done is kept; absent, there is none. */
  readonly record?: RecordPorts;
  readonly resetReason: ResetReason;
  /** Takes one line: an event as JSON, or a remark that begins with `#`. */
  readonly print: (line: string) => void;
  readonly makeCues: (agenda: Agenda, onEnded: () => void) => Cues;
  readonly makeHome: MakeHome;
}

/** A home that may want to know what goes on. */
export interface Home extends Actions {
  /** Something was heard, done or changed. */
  note?(entry: LogEntry): void;
}

/** What a home may see of the speaker, and do to it. */
export interface HomeAccess {
  readonly state: () => State;
  readonly change: (changes: Partial<Settings>) => void;
  readonly tell: (what: HomeEntry) => void;
}

export type MakeHome = (agenda: Agenda, onDone: Done, speaker: HomeAccess) => Home;

export interface RecordPorts {
  readonly pages: Pages;
  readonly seal: Seal;
  /** Tells of a new entry, and that some are gone. */
  readonly onRecorded?: (index: number, entry: Entry) => void;
  readonly onErased?: () => void;
}

/** Something to make ready, and what is reached with it. `run` calls `done` at once or when the world is ready, or `giveUp`
 * where another boot would help as little. */
export interface BootStep {
  readonly stage: BootStage;
  readonly run: (done: () => void, giveUp: (why: string) => void) => void;
}

/** Faults that come thick and fast are kept at most so often. */
const FAULT_EVERY_MS = 60_000;
const BOOT_KEY = 'boot';
const FAULTS_KEY = 'faults';
/** For how many seconds the speaker has lived: kept once an hour, when the record is tidied too. */
const LIVED_KEY = 'lived';
const HOUR_MS = 3_600_000;

/** The speaker on its board: boots, lives from turn to turn, and keeps what has to outlast a power cut. */
export class Device {
  readonly agenda = new Agenda();
  readonly runtime: Runtime;
  readonly #ports: DevicePorts;
  readonly #plan: BootPlan;
  readonly #earWatch = new EarWatch();
  readonly #keeper: StoreKeeper;
  readonly #home: Home;
  /** What the store held and no setting takes. */
  readonly #spoilt: readonly Spoilt[];
  readonly #levelLines = new LevelLines();
  /** Why the boot went no further. */
  #lacks: string | undefined;
  #hasStarted = false;
  #hasLasted = false;
  #mayKeepFaultMs = 0;
  #cues: Cues | undefined;
  #recorder: Recorder | undefined;
  #tidyAtMs = 0;

  /** The ring shows the mute, or the boot, when this returns. What has failed before is on record from now on. */
  constructor(ports: DevicePorts) {
    this.#ports = ports;
    const { ear, muteSwitch, ring, store } = ports;
    this.#plan = planBoot(parseBootRecord(store.read(BOOT_KEY)), ports.resetReason);
    const { settings, lists, spoilt } = readKept((key) => store.read(key));
    this.#spoilt = spoilt;
    this.#keeper = new StoreKeeper(store, this.agenda, (error) =>
      this.tellFault(`the settings cannot be kept: ${error}`),
    );
    const cues: Cues = {
      play: (cue, volumePercent) => this.#cues?.play(cue, volumePercent),
      say: (clips, cue, volumePercent) => this.#cues?.say(clips, cue, volumePercent),
      stop: () => this.#cues?.stop(),
    };
    this.#home = ports.makeHome(
      this.agenda,
      (id, ok, answer) => {
        const done = { type: 'actionDone', atMs: this.agenda.nowMs, id, ok } as const;
        this.runtime.dispatch(answer ? { ...done, answer } : done);
      },
      {
        state: () => this.runtime.state,
        change: (changes) => this.change(changes),
        tell: (what) => this.#log({ atMs: this.agenda.nowMs, ...what }),
      },
    );
    const eraser: Eraser = { erase: (what) => this.#recorder?.erase(what) };
    this.runtime = new Runtime(
      { ear, ring, actions: this.#home, cues, keeper: this.#keeper, eraser },
      { ...settings, lists, muted: muteSwitch.muted },
      (entry) => this.#log(entry),
    );
    this.#reach('switch');
    this.#keeper.keep(BOOT_KEY, bootRecordText(this.#plan.record));
    this.#reach('settings');
    if (ports.record) this.#openRecord(ports.record);
  }

  /** Of what was heard and done; undefined where no flash keeps it. */
  get recorder(): Recorder | undefined {
    return this.#recorder;
  }

  /** Whether the switch and the ring work and nothing else does: after boots that failed, or one that was given up. */
  get isSafeMode(): boolean {
    return this.#plan.isSafeMode || this.#lacks !== undefined;
  }

  /** Opens the loudspeaker. A step of the boot, as amplifiers may fail. */
  openCues(): void {
    this.#cues = this.#ports.makeCues(this.agenda, () =>
      this.runtime.dispatch({ type: 'cueEnded', atMs: this.agenda.nowMs }),
    );
  }

  /** Takes one step after the other, in safe mode none, each in a turn of its own so that the ring can show how far it
   * got; then it hears, or in safe mode at least obeys the switch. `soon` calls what it is given in a later turn. */
  boot(steps: readonly BootStep[], soon: (turn: () => void) => void, booted: () => void): void {
    const runFrom = (index: number): void => {
      const step = this.isSafeMode ? undefined : steps[index];
      if (!step) {
        this.#finishBoot();
        return booted();
      }
      const giveUp = (why: string): void => {
        this.#lacks = why;
        soon(() => runFrom(steps.length));
      };
      step.run(() => {
        this.#reach(step.stage);
        soon(() => runFrom(index + 1));
      }, giveUp);
    };
    soon(() => runFrom(0));
  }

  #finishBoot(): void {
    const { muteSwitch, resetReason, clock } = this.#ports;
    const atMs = clock.nowMs;
    if (muteSwitch.muted) this.tellMute(true);
    this.runtime.dispatch(
      this.isSafeMode ? { type: 'booted', atMs, isSafeMode: true } : { type: 'booted', atMs },
    );
    this.#hasStarted = !this.isSafeMode;
    const trouble = troubleBefore(resetReason);
    if (trouble !== undefined) this.tellFault(trouble);
    if (this.#lacks !== undefined) this.tellFault(this.#lacks);
    else if (this.isSafeMode) this.tellFault(`safe mode after ${this.#plan.failedBoots} boots that failed`);
    for (const { key, text, problem } of this.#spoilt) {
      this.tellFault(`as from the factory, not as kept: ${problem}`);
      this.#keeper.forget(key, text); // told once, not at every boot
    }
  }

  /** One turn, at least every 20 ms. */
  advance(): void {
    const { clock, muteSwitch, ring } = this.#ports;
    const atMs = clock.nowMs;
    muteSwitch.poll();
    this.agenda.advance(atMs);
    this.runtime.advance(atMs);
    ring.refresh();
    this.#watchEar(atMs);
    if (this.#levelLines.isDue(atMs)) this.#ports.print(levelLine(this.#ports.ear.levelDb));
    this.#keepBoot(atMs);
    this.#tidyRecord(atMs);
  }

  /** The switch's gate has closed or opened. */
  tellMute(muted: boolean): void {
    this.runtime.dispatch({ type: 'muteChanged', atMs: this.#ports.clock.nowMs, muted });
  }

  /** The switch is off, its gate not open yet. */
  tellMuteReleased(): void {
    this.runtime.dispatch({ type: 'muteReleased', atMs: this.#ports.clock.nowMs });
  }

  tellLink(up: boolean): void {
    this.runtime.dispatch({ type: 'linkChanged', atMs: this.#ports.clock.nowMs, up });
  }

  /** Milliseconds since 1970, UTC. */
  tellTime(epochMs: number): void {
    this.runtime.dispatch({ type: 'timeSet', atMs: this.#ports.clock.nowMs, epochMs });
  }

  tellButton(): void {
    this.runtime.dispatch({ type: 'buttonPressed', atMs: this.#ports.clock.nowMs });
  }

  tellButtonHeld(): void {
    this.runtime.dispatch({ type: 'buttonHeld', atMs: this.#ports.clock.nowMs });
  }

  tellFault(what: string): void {
    this.runtime.dispatch({ type: 'faultOccurred', atMs: this.#ports.clock.nowMs, what });
  }

  /** Does what somebody typed: takes a setting, from now on and for the next boots, or the time in seconds since 1970;
   * tells how things are set, or how loud the microphone is. */
  obey(line: string): void {
    if (line.trim() === LEVEL_WORD) return this.#levelLines.begin(this.#ports.clock.nowMs);
    const [, seconds] = /^\s*time\s+(\d{9,11})\s*$/.exec(line) ?? [];
    if (seconds !== undefined) return this.tellTime(Number(seconds) * 1000);
    const { changes, answer } = readSettingsLine(line, this.runtime.state);
    for (const text of answer) this.#ports.print(`# ${text}`);
    if (changes) this.change(changes);
  }

  change(changes: Partial<Settings>): void {
    this.runtime.dispatch({ type: 'settingsChanged', atMs: this.#ports.clock.nowMs, changes });
  }

  /** A flash that cannot be opened costs the record, not the speaker. What was altered is told. */
  #openRecord({ pages, seal, onRecorded = () => {}, onErased = () => {} }: RecordPorts): void {
    try {
      this.#recorder = new Recorder({
        record: new Record(pages, seal),
        clock: this.#recorderClock(),
        settings: () => this.runtime.state,
        livedSeconds: Number(this.#ports.store.read(LIVED_KEY) ?? 0) || 0,
        onRecorded,
        onErased,
        onRefused: (error) => this.tellFault(`the record cannot be kept: ${error}`),
      });
    } catch (error) {
      this.tellFault(`the record cannot be opened: ${error}`);
    }
  }

  #recorderClock(): RecorderClock {
    const { clock } = this.#ports;
    const time = (): TimeKnown => ({ ...this.runtime.state, atMs: clock.nowMs });
    return {
      get nowMs() {
        return clock.nowMs;
      },
      get unixSeconds() {
        return epochSecondsOf(time());
      },
      get midnightUnixSeconds() {
        return midnightOf(time());
      },
    };
  }

  #tidyRecord(atMs: number): void {
    if (!this.#recorder || atMs < this.#tidyAtMs) return;
    this.#tidyAtMs = atMs + HOUR_MS;
    this.#recorder.tidy();
    this.#keeper.keep(LIVED_KEY, String(this.#recorder.now.livedSeconds));
  }

  #reach(stage: BootStage): void {
    this.runtime.dispatch({ type: 'bootReached', atMs: this.#ports.clock.nowMs, stage });
    this.#ports.ring.refresh();
  }

  #log(entry: LogEntry): void {
    this.#ports.print(JSON.stringify(entry));
    this.#recorder?.note(entry);
    this.#home.note?.(entry);
    if (entry.type === 'faultOccurred') this.#keepFault(entry.atMs, entry.what);
  }

  #watchEar(atMs: number): void {
    if (!this.#hasStarted) return;
    const { ear, muteSwitch } = this.#ports;
    if (
      this.#earWatch.stoodStill(ear.elapsedSamples, muteSwitch.muted || isMuted(this.runtime.state), atMs)
    ) {
      this.tellFault('the ear stands still: no sound comes from the microphone, or its task hangs');
    }
  }

  #keepBoot(atMs: number): void {
    if (this.#hasLasted || atMs < BOOT_LASTS_MS) return;
    this.#hasLasted = true;
    this.#keeper.keep(BOOT_KEY, bootRecordText(lastingRecord(this.#plan)));
  }

  #keepFault(atMs: number, what: string): void {
    if (atMs < this.#mayKeepFaultMs) return;
    this.#mayKeepFaultMs = atMs + FAULT_EVERY_MS;
    this.#keeper.keep(FAULTS_KEY, withFault(this.#ports.store.read(FAULTS_KEY), what));
  }
}
