/** What runs inside XS for a replay: the same session as under Node, with the natives' ear. */

import type { SimulatedEar } from '../io/simulated-ear';
import { Session } from '../session';
import type { XsConfiguration } from './configuration';

/** Bytes outside of the machine's memory, as a resource in flash. */
type HostBuffer = object;

interface NativeEar extends SimulatedEar {
  addWakeWord(name: string, model: HostBuffer, probabilityCutoff: number, window: number): void;
  setCommands(phones: HostBuffer, network: HostBuffer, blankPenalty: number): void;
}

declare const Ear: new () => NativeEar;
declare const host: {
  print(line: string): void;
  configuration(): string;
  readFile(path: string): HostBuffer;
  repeat(step: () => boolean): void;
};

const { wakeWords, commands, session: options } = JSON.parse(host.configuration()) as XsConfiguration;
const ear = new Ear();
for (const { name, file, probabilityCutoff, slidingWindowSize } of wakeWords) {
  ear.addWakeWord(name, host.readFile(file), probabilityCutoff, slidingWindowSize);
}
if (commands) {
  ear.setCommands(host.readFile(commands.phones), host.readFile(commands.network), commands.blankPenalty);
}
const session = new Session({ ...options, ear, write: (line) => host.print(line) });
host.repeat(() => session.step());
