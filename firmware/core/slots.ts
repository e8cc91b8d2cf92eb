import type { HeardCommand } from './events';
import type { SlotValue } from './ports';

export type Slots = HeardCommand['slots'];

/** NaN for what is no number. */
export function numberOf(value: SlotValue | undefined): number {
  return typeof value === 'number' ? value : Number.NaN;
}

export function textOf(value: SlotValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
