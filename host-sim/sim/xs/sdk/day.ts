/** Goes behind the firmware in its bundle: lets a day go by, and says once an hour how much memory is in use. */
import { counts } from './counting-print';
import { written } from './counting-store';
import { nowOfWorld, passTime, world } from './world';

declare const host: { print(line: string): void; memory(): string; repeat(step: () => boolean): void };

/** The first look is a minute after the boot. */
const HOUR_MS = 3_600_000;
const FIRST_LOOK_MS = 60_000;
const TURNS_PER_STEP = 500;

let hour = 0;
let lookMs = FIRST_LOOK_MS;

function look(): void {
  host.print(
    `{"hour":${hour},"memory":${host.memory()},"written":${written.count},"lines":${JSON.stringify(counts)}}`,
  );
  hour += 1;
  lookMs = hour * HOUR_MS;
}

host.repeat(() => {
  for (let turn = 0; turn < TURNS_PER_STEP; turn += 1) {
    passTime();
    if (nowOfWorld() < lookMs) continue;
    look();
    if (lookMs > world.lastsMs) return false;
  }
  return true;
});
