/** The world of a chip that runs inside the simulator: its time, its timers and what it was configured with. Stands under
 * the firmware in the place of Moddable's modules, see ../firmware-bundle.ts. */
import type { MuteSpan } from '../../io/mute-spans';

export interface TypedLine {
  readonly atMs: number;
  readonly text: string;
}

/** What `host.configuration()` holds for a chip. */
export interface WorldConfiguration {
  /** `mc/config`. */
  readonly config: object;
  /** ESP-IDF's number; 1 is power on. */
  readonly resetReason: number;
  /** What the flash holds at the start. */
  readonly stored: Readonly<Record<string, string>>;
  /** How long there is power, in the world's time. */
  readonly lastsMs: number;
  /** What somebody types at the serial port, in the world's time: a clip goes by ten times as fast as it was said. */
  readonly typed?: readonly TypedLine[];
  /** Of the mute switch, while a clip plays. */
  readonly mute: readonly MuteSpan[];
  /** When somebody presses the key, in the world's time. */
  readonly button?: readonly MuteSpan[];
  /** Whether each new picture on the ring is a line. */
  readonly ringFrames?: boolean;
}

declare const host: {
  print(line: string): void;
  configuration(): string;
  readFile(path: string): object;
  repeat(step: () => boolean): void;
};

export const world = JSON.parse(host.configuration()) as WorldConfiguration;

export interface Alarm {
  dueMs: number;
  readonly intervalMs: number;
  readonly fire: () => void;
}

let nowMs = 0;
const alarms: Alarm[] = [];

export function nowOfWorld(): number {
  return nowMs;
}

export function setAlarm(alarm: Alarm): void {
  alarms.push(alarm);
}

export function clearAlarm(alarm: Alarm): void {
  const index = alarms.indexOf(alarm);
  if (index >= 0) alarms.splice(index, 1);
}

/** Lets time pass until the next alarm, and fires it. False when there is none. */
export function passTime(): boolean {
  let next = alarms[0];
  if (!next) return false;
  for (let i = 1; i < alarms.length; i += 1) {
    const alarm = alarms[i] as Alarm;
    if (alarm.dueMs < next.dueMs) next = alarm;
  }
  nowMs = Math.max(nowMs, next.dueMs);
  if (next.intervalMs > 0) next.dueMs += next.intervalMs;
  else clearAlarm(next);
  next.fire();
  return true;
}
