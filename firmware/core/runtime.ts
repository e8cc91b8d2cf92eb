import { parseEarEvent } from './ear-events';
import { type Effect, effectsOf, firstEffects } from './effects';
import type { Event } from './events';
import { coreEventOf } from './hear';
import { changesOf, entryOf, isLogged, isLoggedEvent, type LogEntry } from './log';
import type { Actions, Cues, Ear, Eraser, Keeper, Ring } from './ports';
import { reduce } from './reducer';
import { paintRing, patternOf, ringStep } from './ring';
import type { RingPattern } from './ring-patterns';
import { initialState, type SpeakerSettings, type State } from './state';

export type { SpeakerSettings } from './state';

export interface RuntimePorts {
  readonly ear: Ear;
  readonly ring: Ring;
  readonly actions: Actions;
  readonly cues: Cues;
  readonly keeper: Keeper;
  readonly eraser?: Eraser;
}

/** The ring's frame, and how finely time passes for the core. */
const TICK_MS = 20;

/** The one place where events meet the hardware: takes events in, carries effects out, keeps the ring lit and
 * writes down what happened. It runs 50 times a second on the chip: a tick that changes nothing allocates nothing. */
export class Runtime {
  readonly #ports: RuntimePorts;
  readonly #log: (line: LogEntry) => void;
  readonly #rgb: Uint8Array;
  readonly #tick = { type: 'timeAdvanced' as const, atMs: 0 };
  /** Events that ports sent while another was being handled. */
  readonly #waiting: Event[] = [];
  #busy = false;
  #state: State;
  #nextTickMs = 0;
  #shownState: State | undefined;
  #shownStep = -1;
  #pattern: RingPattern;

  /** Shows the first picture at once, and asks for a mute at once when the settings say so. */
  constructor(ports: RuntimePorts, settings: SpeakerSettings, log: (line: LogEntry) => void) {
    this.#ports = ports;
    this.#log = log;
    this.#rgb = new Uint8Array(ports.ring.pixelCount * 3);
    this.#state = initialState(settings);
    this.#pattern = patternOf(this.#state);
    for (const effect of firstEffects(this.#state)) this.#carryOut(effect);
    this.#show(0);
  }

  get state(): State {
    return this.#state;
  }

  /** Handles an event to its end, effects and ring included. From within a port's method it is handled next. */
  dispatch(event: Event): void {
    if (this.#busy) {
      this.#waiting.push(event);
      return;
    }
    this.#busy = true;
    try {
      for (let next: Event | undefined = event; next; next = this.#waiting.shift()) this.#handle(next);
    } finally {
      this.#busy = false;
    }
  }

  /** Hears what the ear has to tell, and lets time pass. Call it at least every 20 ms; a late call gives one
   * tick, not a burst of them. */
  advance(atMs: number): void {
    for (let text = this.#ports.ear.takeEvent(); text !== undefined; text = this.#ports.ear.takeEvent()) {
      this.#hear(text, atMs);
    }
    if (atMs < this.#nextTickMs) return;
    this.#nextTickMs = atMs - (atMs % TICK_MS) + TICK_MS;
    this.#tick.atMs = atMs;
    this.dispatch(this.#tick);
    this.#show(atMs);
  }

  #hear(text: string, atMs: number): void {
    const heard = parseEarEvent(text);
    if (heard.type === 'partial') this.#log({ atMs, ...heard });
    else this.dispatch(coreEventOf(heard, atMs));
  }

  #handle(event: Event): void {
    const before = this.#state;
    const after = reduce(before, event);
    this.#state = after;
    if (isLoggedEvent(event)) this.#log(entryOf(event));
    if (after === before) return;
    for (const change of changesOf(before, after)) this.#log({ atMs: after.atMs, ...change });
    for (const effect of effectsOf(before, after)) this.#carryOut(effect);
    this.#show(after.atMs);
  }

  #carryOut(effect: Effect): void {
    const { ear, actions, cues, keeper, eraser } = this.#ports;
    if (isLogged(effect)) this.#log({ atMs: this.#state.atMs, ...effect });
    switch (effect.type) {
      case 'setMuted':
        ear.setMuted(effect.muted);
        break;
      case 'listen':
        ear.listen(effect.sinceSample);
        break;
      case 'stopListening':
        ear.stopListening();
        break;
      case 'setSensitivity':
        ear.setSensitivity(effect.sensitivity);
        break;
      case 'setGuard':
        ear.setGuard(effect.guard);
        break;
      case 'playCue':
        cues.play(effect.cue, effect.volumePercent);
        break;
      case 'say':
        cues.say(effect.clips, effect.cue, effect.volumePercent);
        break;
      case 'stopCue':
        cues.stop();
        break;
      case 'perform':
        actions.perform({ id: effect.id, intent: effect.intent, slots: effect.slots });
        break;
      case 'erase':
        eraser?.erase(effect.what);
        break;
      case 'keep':
        keeper.keep(effect.key, effect.text, effect.settleMs);
        break;
    }
  }

  /** Lights the ring when its picture is due to change. */
  #show(atMs: number): void {
    const state = this.#state;
    const pattern = state === this.#shownState ? this.#pattern : patternOf(state);
    const step = ringStep(pattern, state, atMs);
    if (state === this.#shownState && step === this.#shownStep) return;
    if (this.#shownState === undefined || pattern !== this.#pattern) {
      this.#log({ atMs, type: 'ringChanged', pattern: pattern.name });
    }
    this.#shownState = state;
    this.#shownStep = step;
    this.#pattern = pattern;
    paintRing(pattern, state, step, this.#rgb);
    this.#ports.ring.show(this.#rgb);
  }
}
