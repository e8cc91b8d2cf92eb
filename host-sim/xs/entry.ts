/** What runs inside XS for a replay: the same session as under Node, with the natives' ear. */

import { SENSITIVITIES } from '../../firmware/core/wake-points';
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

const {
  wakeWords,
  embedding,
  commands,
  session: options,
} = JSON.parse(host.configuration()) as XsConfiguration;
const ear = new Ear();
wakeWords.forEach(({ name, file, probabilityCutoff, slidingWindowSize, points, pronunciations }, index) => {
  ear.addWakeWord(name, host.readFile(file), probabilityCutoff, slidingWindowSize);
  for (const sensitivity of SENSITIVITIES) {
    const point = points[sensitivity];
    ear.setPoint(
      index,
      sensitivity,
      point.probabilityCutoff,
      point.slidingWindowSize,
      point.lookCutoff,
      point.lookLossNats,
      point.unsureLossNats,
    );
  }
  ear.setPronunciations(index, Uint8Array.from(pronunciations).buffer);
});
if (embedding !== undefined) ear.setEmbedding(host.readFile(embedding));
wakeWords.forEach(({ verifier }, index) => {
  if (verifier !== undefined) ear.setVerifier(index, host.readFile(verifier));
});
if (commands) {
  const { phones, network, blankPenalty, lookAheadMs, features } = commands;
  ear.setCommands(host.readFile(phones), host.readFile(network), blankPenalty, lookAheadMs, features);
}
const session = new Session({ ...options, ear, write: (line) => host.print(line) });
host.repeat(() => session.step());
