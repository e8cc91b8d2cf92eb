/** What runs inside XS for a replay: the same session as under Node, with the natives' ear. */

import { equip, withModels } from '../../../firmware/core/hearing';
import { Session } from '../session';
import type { XsConfiguration } from './configuration';
import type { NativeEar } from './native-ear';

declare const Ear: new () => NativeEar;
declare const host: {
  print(line: string): void;
  configuration(): string;
  readFile(path: string): object;
  repeat(step: () => boolean): void;
};

const { hearing, session: options } = JSON.parse(host.configuration()) as XsConfiguration;
const ear = new Ear();
equip(ear, withModels(hearing, host.readFile));
const session = new Session({ ...options, ear, write: (line) => host.print(line) });
host.repeat(() => session.step());
