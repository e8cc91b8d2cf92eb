import { MAX_TIMERS, type State, TIMER_RINGS_MS, type Timer } from './state';

/** A timer runs for a second at least and for a week at most. */
const MIN_TIMER_SECONDS = 1;
const MAX_TIMER_SECONDS = 604_800;

/** Which timer is meant: by its name, by its length, or, with neither, whichever fits best. */
export interface TimerChoice {
  readonly name?: string;
  readonly durationMs?: number;
}

/** Starts a timer at `state.atMs`; undefined when it is too short, too long or one too many. */
export function startTimer(state: State, seconds: number, name: string | undefined): State | undefined {
  if (!(seconds >= MIN_TIMER_SECONDS && seconds <= MAX_TIMER_SECONDS)) return undefined;
  if (state.timers.length >= MAX_TIMERS) return undefined;
  const id = state.lastTimerId + 1;
  const durationMs = Math.round(seconds * 1000);
  const timer = { id, durationMs, endsMs: state.atMs + durationMs, ringing: false };
  return {
    ...state,
    lastTimerId: id,
    timers: [...state.timers, name === undefined ? timer : { ...timer, name }],
  };
}

/** The timer to cancel: one that rings, or else the one set last, which is what one takes back. */
export function timerToCancel(timers: readonly Timer[], choice: TimerChoice): Timer | undefined {
  const meant = timers.filter((timer) => fits(timer, choice));
  return meant.find((timer) => timer.ringing) ?? meant[meant.length - 1];
}

/** The timer to ask about: the one that ends next. */
export function nextTimer(timers: readonly Timer[], choice: TimerChoice = {}): Timer | undefined {
  let next: Timer | undefined;
  for (const timer of timers) {
    if (fits(timer, choice) && (next === undefined || timer.endsMs < next.endsMs)) next = timer;
  }
  return next;
}

export function withoutTimer(state: State, id: number): State {
  return { ...state, timers: state.timers.filter((timer) => timer.id !== id) };
}

export function silenceTimers(state: State): State {
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
