import {
  BOOT_LASTS_MS,
  type BootPlan,
  bootRecordText,
  lastingRecord,
  parseBootRecord,
  planBoot,
  type ResetReason,
  troubleBefore,
} from './core/boot';
import type { BootStage } from './core/boot-stages';
import { EarWatch } from './core/ear-watch';
import { withFault } from './core/fault-record';
import { LEVEL_WORD, LevelLines, levelLine } from './core/level-lines';
import type { LogEntry } from './core/log';
import type { Actions, Clock, Cues, Ear, Ring, Store } from './core/ports';
import { parseSetting, readSettings, SENSITIVITY_KEY, SETTING_USAGE, VOLUME_KEY } from './core/settings';
import { Speaker } from './core/speaker';
import { Agenda } from './stand-ins/agenda';

/** What a board gives. */
export interface DeviceParts {
  readonly ear: Ear & { readonly elapsedSamples: number; readonly levelDb: number | undefined };
  /** Read before anything else. */
  readonly muteSwitch: { readonly muted: boolean; poll(): void };
  readonly ring: Ring & { refresh(): void };
  readonly store: Store;
  readonly clock: Clock;
  readonly resetReason: ResetReason;
  /** Takes one line: an event as JSON, or a remark that begins with `#`. */
  readonly print: (line: string) => void;
  readonly makeCues: (agenda: Agenda, onEnded: () => void) => Cues;
  readonly makeHome: (agenda: Agenda, onDone: (id: number, ok: boolean) => void) => Actions;
}

/** Something to make ready, and what is reached with it. `run` calls `done` at once or when the world is ready. */
export interface BootStep {
  readonly stage: BootStage;
  readonly run: (done: () => void) => void;
}

/** A volume that has stood for so long is kept: nobody who turns it up five times wears the flash five times. */
const SETTLE_MS = 5_000;
/** Faults that come thick and fast are kept at most so often. */
const FAULT_EVERY_MS = 60_000;
const BOOT_KEY = 'boot';
const FAULTS_KEY = 'faults';

/** The speaker on its board: boots, lives from turn to turn, and keeps what has to outlast a power cut. */
export class Device {
  readonly agenda = new Agenda();
  readonly speaker: Speaker;
  readonly #parts: DeviceParts;
  readonly #plan: BootPlan;
  readonly #earWatch = new EarWatch();
  readonly #levelLines = new LevelLines();
  #hasStarted = false;
  #hasLasted = false;
  #hasStoreFailed = false;
  #keptVolume: number;
  #seenVolume: number;
  #volumeSinceMs = 0;
  #mayKeepFaultMs = 0;
  #cues: Cues | undefined;

  /** The ring shows the mute, or the boot, when this returns. What has failed before is on record from now on. */
  constructor(parts: DeviceParts) {
    this.#parts = parts;
    const { ear, muteSwitch, ring, store } = parts;
    this.#plan = planBoot(parseBootRecord(store.read(BOOT_KEY)), parts.resetReason);
    const settings = { ...readSettings((key) => store.read(key)), muted: muteSwitch.muted };
    this.#keptVolume = settings.volumePercent;
    this.#seenVolume = settings.volumePercent;
    const cues: Cues = {
      play: (cue, volumePercent) => this.#cues?.play(cue, volumePercent),
      stop: () => this.#cues?.stop(),
    };
    const actions = parts.makeHome(this.agenda, (id, ok) =>
      this.speaker.dispatch({ type: 'actionDone', atMs: this.agenda.nowMs, id, ok }),
    );
    this.speaker = new Speaker({ ear, ring, actions, cues }, settings, (entry) => this.#log(entry));
    this.#reach('switch');
    this.#keep(BOOT_KEY, bootRecordText(this.#plan.record));
    this.#reach('settings');
  }

  get isSafeMode(): boolean {
    return this.#plan.isSafeMode;
  }

  /** Opens the loudspeaker. A step of the boot, as amplifiers may fail. */
  openCues(): void {
    this.#cues = this.#parts.makeCues(this.agenda, () =>
      this.speaker.dispatch({ type: 'cueEnded', atMs: this.agenda.nowMs }),
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
      step.run(() => {
        this.#reach(step.stage);
        soon(() => runFrom(index + 1));
      });
    };
    soon(() => runFrom(0));
  }

  #finishBoot(): void {
    const { muteSwitch, resetReason, clock } = this.#parts;
    const atMs = clock.nowMs;
    if (muteSwitch.muted) this.tellMute(true);
    this.speaker.dispatch(
      this.isSafeMode ? { type: 'booted', atMs, isSafeMode: true } : { type: 'booted', atMs },
    );
    this.#hasStarted = !this.isSafeMode;
    const trouble = troubleBefore(resetReason);
    if (trouble !== undefined) this.tellFault(trouble);
    if (this.isSafeMode) this.tellFault(`safe mode after ${this.#plan.failedBoots} boots that failed`);
  }

  /** One turn, at least every 20 ms. */
  advance(): void {
    const { clock, muteSwitch, ring } = this.#parts;
    const atMs = clock.nowMs;
    muteSwitch.poll();
    this.agenda.advance(atMs);
    this.speaker.advance(atMs);
    ring.refresh();
    this.#watchEar(atMs);
    if (this.#levelLines.isDue(atMs)) this.#parts.print(levelLine(this.#parts.ear.levelDb));
    this.#keepVolume(atMs);
    this.#keepBoot(atMs);
  }

  tellMute(muted: boolean): void {
    if (muted) this.#parts.ear.setMuted(true);
    this.speaker.dispatch({ type: 'muteChanged', atMs: this.#parts.clock.nowMs, muted });
  }

  tellLink(up: boolean): void {
    this.speaker.dispatch({ type: 'linkChanged', atMs: this.#parts.clock.nowMs, up });
  }

  tellFault(what: string): void {
    this.speaker.dispatch({ type: 'faultOccurred', atMs: this.#parts.clock.nowMs, what });
  }

  /** Takes a setting that somebody typed, from now on and for the next boots; or tells how loud the microphone is. */
  obey(line: string): void {
    if (line.trim() === LEVEL_WORD) return this.#levelLines.begin(this.#parts.clock.nowMs);
    const setting = parseSetting(line);
    if (!setting) {
      this.#parts.print(`# '${line}' is no setting: ${SETTING_USAGE}, or ${LEVEL_WORD}`);
      return;
    }
    const { sensitivity } = setting;
    this.speaker.dispatch({ type: 'sensitivityChanged', atMs: this.#parts.clock.nowMs, sensitivity });
    this.#keep(SENSITIVITY_KEY, sensitivity);
  }

  #reach(stage: BootStage): void {
    this.speaker.dispatch({ type: 'bootReached', atMs: this.#parts.clock.nowMs, stage });
    this.#parts.ring.refresh();
  }

  #log(entry: LogEntry): void {
    this.#parts.print(JSON.stringify(entry));
    if (entry.type === 'faultOccurred') this.#keepFault(entry.atMs, entry.what);
  }

  #watchEar(atMs: number): void {
    if (!this.#hasStarted) return;
    const { ear, muteSwitch } = this.#parts;
    if (this.#earWatch.stoodStill(ear.elapsedSamples, muteSwitch.muted, atMs)) {
      this.tellFault('the ear stands still: no sound comes from the microphone, or its task hangs');
    }
  }

  #keepVolume(atMs: number): void {
    const { volumePercent } = this.speaker.state;
    if (volumePercent !== this.#seenVolume) {
      this.#seenVolume = volumePercent;
      this.#volumeSinceMs = atMs;
    }
    if (volumePercent === this.#keptVolume || atMs - this.#volumeSinceMs < SETTLE_MS) return;
    this.#keptVolume = volumePercent;
    this.#keep(VOLUME_KEY, String(volumePercent));
  }

  #keepBoot(atMs: number): void {
    if (this.#hasLasted || atMs < BOOT_LASTS_MS) return;
    this.#hasLasted = true;
    this.#keep(BOOT_KEY, bootRecordText(lastingRecord(this.#plan)));
  }

  #keepFault(atMs: number, what: string): void {
    if (atMs < this.#mayKeepFaultMs) return;
    this.#mayKeepFaultMs = atMs + FAULT_EVERY_MS;
    this.#keep(FAULTS_KEY, withFault(this.#parts.store.read(FAULTS_KEY), what));
  }

  /** A flash that refuses is told once; the speaker goes on. */
  #keep(key: string, value: string): void {
    try {
      this.#parts.store.write(key, value);
    } catch (error) {
      if (this.#hasStoreFailed) return;
      this.#hasStoreFailed = true;
      this.tellFault(`the settings cannot be kept: ${error}`);
    }
  }
}
