import { nowOfWorld } from './world';

/** Moddable's `time`: a counter of 32 bits that begins shortly before it wraps, which a chip meets after 49 days. */
const FIRST_TICKS = 0xffff_ffff - 30_000;

export default {
  get ticks(): number {
    return (FIRST_TICKS + nowOfWorld()) >>> 0;
  },
  delta(start: number, end: number): number {
    return (end - start) | 0;
  },
};
