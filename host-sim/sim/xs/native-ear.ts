import type ChipEar from '../../../firmware/esp32/ear';
import type { SimulatedEar } from '../io/simulated-ear';

type SetupMethod =
  | 'addWakeWord'
  | 'setPoint'
  | 'setPronunciations'
  | 'setEmbedding'
  | 'setVerifier'
  | 'setCommands';
/** What both are given before they hear. */
export type Setup = Pick<ChipEar, SetupMethod>;

/** The simulator's own class over the natives, `natives/ear/ear_xs.c`: what it is given is what the chip's is given, and
 * it hears the recording of the run. */
export interface NativeEar extends SimulatedEar, Setup {
  /** Bytes that it has taken, models' arenas included. */
  memoryBytes(): number;
}
