import { type Alarm, clearAlarm, nowOfWorld, setAlarm } from './world';

/** Moddable's `timer`. */
export default class Timer implements Alarm {
  dueMs: number;
  readonly intervalMs: number;
  readonly #callback: (timer: Timer) => void;

  private constructor(callback: (timer: Timer) => void, delayMs: number, intervalMs: number) {
    this.dueMs = nowOfWorld() + delayMs;
    this.intervalMs = intervalMs;
    this.#callback = callback;
    setAlarm(this);
  }

  static set(callback: (timer: Timer) => void, delayMs = 0): Timer {
    return new Timer(callback, delayMs, 0);
  }

  static repeat(callback: (timer: Timer) => void, intervalMs: number): Timer {
    return new Timer(callback, intervalMs, intervalMs);
  }

  static clear(timer: Timer | undefined): void {
    if (timer) clearAlarm(timer);
  }

  fire(): void {
    this.#callback(this);
  }
}
