import type ChipEar from '../../../firmware/esp32/ear';
import type { SimulatedEar } from '../io/simulated-ear';

/** The simulator's own class over the natives, ear_xs.c: it hears with what the chip's hears with, and the recording of the
 * run. */
export interface NativeEar extends SimulatedEar, Pick<ChipEar, 'configure'> {
  /** Bytes that it has taken, models' arenas included. */
  memoryBytes(): number;
}
