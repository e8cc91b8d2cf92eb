import { Machine } from './machine';
import { natives } from './natives';

export interface SecondLook {
  /** The highest mean of the spotter, 0–1. */
  readonly confidence: number;
  /** Of a phone of the word; infinite where there was none. */
  readonly lossNats: number;
  /** The logit of the word verifier; 0 where there is none. */
  readonly wordVerifierNats: number;
  /** How much of the ten seconds before was talk, 0–1. */
  readonly talkShare: number;
}

const NAT = 256;
const ONE = 65_536;
const NO_FIT = 2 ** 31 - 1;

/** The natives' own rule: whether a second look is the word, at a point that allows these losses. */
export type SecondLookRule = (look: SecondLook, lookLossNats: number, unsureLossNats: number) => boolean;

export function secondLookRule(): SecondLookRule {
  const finds = new Machine(natives()).native('second_look_finds');
  return ({ confidence, lossNats, wordVerifierNats, talkShare }, lookLossNats, unsureLossNats) =>
    finds(
      Math.round(confidence * ONE),
      Number.isFinite(lossNats) ? Math.round(lossNats * NAT) : NO_FIT,
      Math.round(wordVerifierNats * NAT),
      Math.round(talkShare * 256),
      Math.round(lookLossNats * NAT),
      Math.round(unsureLossNats * NAT),
    ) === 1;
}
