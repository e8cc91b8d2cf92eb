import type { NativeHearing } from '../../../../firmware/core/hearing';
import type { Clock } from '../../../../firmware/core/ports';
import { SampleClock } from '../../../../firmware/core/sample-clock';
import type { EarOptions } from '../../../../firmware/esp32/ear';
import { ScriptedSwitch } from '../../io/scripted-switch';
import { SteppedEar } from '../../io/stepped-ear';
import NativeEar from '../native-ear';
import { world } from './world';

let clock: Clock | undefined;

/** Milliseconds of the clip heard so far. */
export function heardMs(): number {
  return clock?.nowMs ?? 0;
}

/** The chip's ear with a clip and the pace `step`: the same natives, without a task around them. The mute switch moves as
 * the world says, on the very sample, and needs no time to open again. */
export default class ClipEar extends SteppedEar {
  onReadable: (() => void) | undefined;
  readonly #native: NativeEar;
  readonly #muteSwitch: ScriptedSwitch;

  constructor({ clip }: EarOptions) {
    const native = new NativeEar(clip);
    const muteSwitch = new ScriptedSwitch({ spans: world.mute, onChanged: () => this.#turnMute() });
    super(native, muteSwitch);
    this.#native = native;
    this.#muteSwitch = muteSwitch;
    clock = new SampleClock(this);
  }

  configure(hearing: NativeHearing<object>): void {
    this.#native.configure(hearing);
  }
  start(): void {}
  get muted(): boolean {
    return this.isGateClosed;
  }
  get switchMuted(): boolean {
    return this.#muteSwitch.muted;
  }
  close(): void {}

  #turnMute(): void {
    this.turnGate();
    this.onReadable?.();
  }
}
