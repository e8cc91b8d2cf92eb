/** What happens in a house in which much happens, always the same: words, commands, a hand at the switch, a network that
 * comes and goes. In the last minutes of every hour it is quiet, so that hours can be compared. */
import { nowOfWorld } from './world';

const HOUR_MS = 3_600_000;
/** Long enough for all timers to be over: they run for two minutes at most and ring for five. */
const QUIET_MS = 480_000;

let seed = 20_261_123;

export function below(limit: number): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
  return (seed >> 8) % limit;
}

export function pick<T>(choices: readonly T[]): T {
  return choices[below(choices.length)] as T;
}

export function isQuiet(): boolean {
  return nowOfWorld() % HOUR_MS > HOUR_MS - QUIET_MS;
}

export const COMMANDS: readonly (readonly string[])[] = [
  ['<setTimer', 'set', 'a', 'timer', 'for', '{duration', 'two', '+2', 'minutes', '*60', '}'],
  ['<setTimer', 'set', 'a', 'timer', 'for', '{duration', 'nine', '+9', 'seconds', '}'],
  ['<cancelTimer', 'cancel', 'the', 'timer'],
  ['<cancelAllTimers', 'cancel', 'all', 'timers'],
  ['<timerLeft', 'how', 'long', 'is', 'left'],
  ['<stop', 'stop'],
  ['<neverMind', 'never', 'mind'],
  ['<volumeUp', 'louder'],
  ['<volumeDown', 'quieter'],
  ['<setVolume', 'volume', '{level', 'forty', '+40', '}'],
  ['<turnOn', 'turn', 'on', 'the', '{room', 'kitchen', '}', 'light', '@device=light'],
  [
    '<turnOff',
    'turn',
    'off',
    'the',
    '{room',
    'sitting',
    'room',
    '=living room',
    '}',
    'light',
    '@device=light',
  ],
];
