/** Goes before the firmware: the hand at the switch, moving when the next 10 ms of the clip are about to be heard, and a
 * look at each picture as JavaScript gave it and as it left the pin. */
import type { Board } from '../../../../../firmware/board';
import Ear from '../../../../../firmware/esp32/ear';
import Ring from '../../../../../firmware/esp32/ring';
import { ScriptedSwitch } from '../../../../../host-sim/sim/io/scripted-switch';
import { world } from '../../../../../host-sim/sim/xs/sdk/world';
import { movePin, takeWire } from './natives';

declare const host: { print(line: string): void };

const { board } = world.config as { board: Board };

function move(muted: boolean): void {
  if ('pin' in board.mute) movePin(board.mute.pin, Number(muted === (board.mute.active === 'high')));
}

const muteSwitch = new ScriptedSwitch({ spans: world.mute, onChanged: move });
move(muteSwitch.muted);

const { step } = Ear.prototype;
Ear.prototype.step = function (): boolean {
  muteSwitch.moveOn(this.elapsedSamples);
  return step.call(this);
};

const { show } = Ring.prototype;
Ring.prototype.show = function (rgb: Uint8Array): boolean {
  const isShown = show.call(this, rgb);
  host.print(`~${JSON.stringify({ rgb: [...rgb], wire: [...new Uint8Array(takeWire())] })}`);
  return isShown;
};
