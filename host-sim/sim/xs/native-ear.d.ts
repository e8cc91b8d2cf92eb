import type ChipEar from '../../../firmware/esp32/ear';
import type { HostBuffer } from '../../../firmware/esp32/ear';
import type { SimulatedEar } from '../io/simulated-ear';

/** The natives' ear without the chip's task around it: it hears a clip when it is told to. */
interface NativeEar extends SimulatedEar, Pick<ChipEar, 'configure'> {
  /** Bytes that it has taken, models' arenas included. */
  memoryBytes(): number;
}

/** The clip is a resource, as the chip's ear takes it; without one there is nothing to hear. */
declare const NativeEar: new (clip?: HostBuffer) => NativeEar;
export default NativeEar;
