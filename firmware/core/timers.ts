/** A timer runs for a second at least and for a week at most. */
const MIN_TIMER_SECONDS = 1;
const MAX_TIMER_SECONDS = 604_800;
export const MAX_TIMERS = 10;
/** A timer rings for so long when nobody comes. */
export const TIMER_RINGS_MS = 300_000;

export interface Timer {
  readonly id: number;
  readonly durationMs: number;
  /** What was left of it when it was last started, or stopped. */
  readonly leftMs: number;
  /** Infinity while it is paused. */
  readonly endsMs: number;
  readonly ringing: boolean;
  /** What its owner calls it, when they said so. */
  readonly name?: string;
}

/** What the timers of a speaker depend on. */
export interface TimerState {
  readonly atMs: number;
  readonly timers: readonly Timer[];
  readonly lastTimerId: number;
}

/** Which timer is meant: by its name, by its length, or, with neither, whichever fits best. */
export interface TimerChoice {
  readonly name?: string;
  readonly durationMs?: number;
}

export function isTimerLength(seconds: number): boolean {
  return seconds >= MIN_TIMER_SECONDS && seconds <= MAX_TIMER_SECONDS;
}

/** Starts a timer at `state.atMs`. */
export function startTimer<S extends TimerState>(state: S, seconds: number, name: string | undefined): S {
  const durationMs = Math.round(seconds * 1000);
  return withTimer(state, durationMs, durationMs, name);
}

/** Starts one that has run already, or one that stands still. */
export function withTimer<S extends TimerState>(
  state: S,
  durationMs: number,
  leftMs: number,
  name: string | undefined,
  isPaused = false,
): S {
  const id = state.lastTimerId + 1;
  const endsMs = isPaused ? Number.POSITIVE_INFINITY : state.atMs + leftMs;
  const timer = { id, durationMs, leftMs, endsMs, ringing: false };
  return {
    ...state,
    lastTimerId: id,
    timers: [...state.timers, name === undefined ? timer : { ...timer, name }],
  };
}

export function isPaused({ endsMs }: Timer): boolean {
  return endsMs === Number.POSITIVE_INFINITY;
}

export function leftOf(timer: Timer, atMs: number): number {
  return Math.max(0, isPaused(timer) ? timer.leftMs : timer.endsMs - atMs);
}

export function paused(timer: Timer, atMs: number): Timer {
  return { ...timer, leftMs: leftOf(timer, atMs), endsMs: Number.POSITIVE_INFINITY };
}

export function resumed(timer: Timer, atMs: number): Timer {
  return { ...timer, endsMs: atMs + timer.leftMs };
}

/** A timer with so much more to go, or less; one that rings begins anew with it. Undefined when that is too long or nothing. */
export function changedBy(timer: Timer, byMs: number, atMs: number): Timer | undefined {
  const leftMs = leftOf(timer, atMs) + byMs;
  const durationMs = timer.ringing ? byMs : timer.durationMs + byMs;
  if (leftMs <= 0 || !isTimerLength(durationMs / 1000)) return undefined;
  return {
    ...timer,
    durationMs,
    leftMs,
    endsMs: isPaused(timer) ? timer.endsMs : atMs + leftMs,
    ringing: false,
  };
}

/** The timer to cancel: one that rings, or else the one set last, which is what one takes back. */
export function timerToCancel(timers: readonly Timer[], choice: TimerChoice): Timer | undefined {
  const meant = timers.filter((timer) => fits(timer, choice));
  return meant.find((timer) => timer.ringing) ?? meant[meant.length - 1];
}

/** The timer to ask about: the one that ends next; of paused ones that with least to go. */
export function nextTimer(timers: readonly Timer[], choice: TimerChoice = {}): Timer | undefined {
  let next: Timer | undefined;
  for (const timer of timers) {
    if (fits(timer, choice) && (next === undefined || isSooner(timer, next))) next = timer;
  }
  return next;
}

function isSooner(timer: Timer, than: Timer): boolean {
  return timer.endsMs === than.endsMs ? timer.leftMs < than.leftMs : timer.endsMs < than.endsMs;
}

export function withoutTimer<S extends TimerState>(state: S, id: number): S {
  return { ...state, timers: state.timers.filter((timer) => timer.id !== id) };
}

export function replaceTimer<S extends TimerState>(state: S, changed: Timer): S {
  return { ...state, timers: state.timers.map((timer) => (timer.id === changed.id ? changed : timer)) };
}

export function silenceTimers<S extends TimerState>(state: S): S {
  if (!state.timers.some((timer) => timer.ringing)) return state;
  return { ...state, timers: state.timers.filter((timer) => !timer.ringing) };
}

/** Lets timers that are due ring, and those that nobody answered end. The same array when nothing is due. */
export function passTimers(timers: readonly Timer[], atMs: number): readonly Timer[] {
  if (!anyDue(timers, atMs)) return timers;
  return timers
    .filter((timer) => atMs < timer.endsMs + TIMER_RINGS_MS)
    .map((timer) => (timer.ringing || atMs < timer.endsMs ? timer : { ...timer, ringing: true }));
}

/** Runs with every tick, hence without anything to allocate. */
function anyDue(timers: readonly Timer[], atMs: number): boolean {
  for (let i = 0; i < timers.length; i += 1) {
    const timer = timers[i];
    if (timer && atMs >= (timer.ringing ? timer.endsMs + TIMER_RINGS_MS : timer.endsMs)) return true;
  }
  return false;
}

function fits(timer: Timer, { name, durationMs }: TimerChoice): boolean {
  return (
    (name === undefined || timer.name === name) &&
    (durationMs === undefined || timer.durationMs === durationMs)
  );
}
