import type { ResetReason } from '../core/boot';

/** By the numbers of ESP-IDF's `esp_reset_reason_t`. Flashing over USB or JTAG is a hand at the reset button. */
const REASONS: readonly ResetReason[] = [
  'unknown',
  'powerOn',
  'resetPin',
  'software',
  'panic',
  'watchdog',
  'watchdog',
  'watchdog',
  'deepSleep',
  'brownOut',
  'unknown',
  'resetPin',
  'resetPin',
  'unknown',
  'brownOut',
  'panic',
];

export function resetReasonOf(number: number): ResetReason {
  return REASONS[number] ?? 'unknown';
}
