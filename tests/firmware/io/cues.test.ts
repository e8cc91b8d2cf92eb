import { Agenda } from '../../../firmware/core/agenda';
import type { Cues } from '../../../firmware/core/ports';
import { TimedCues } from '../../../firmware/fallbacks/timed-cues';
import { LoudspeakerCues } from '../../../firmware/io/cues';
import { FakeLoudspeaker } from './fakes';

interface MadeCues {
  readonly cues: Cues & { close(): void };
  /** Lets whatever sounds come to its end. */
  readonly passTime: () => void;
  readonly ends: () => number;
}

function timed(): MadeCues {
  const agenda = new Agenda();
  let ends = 0;
  let atMs = 0;
  const cues = new TimedCues(agenda, () => {
    ends += 1;
  });
  const passTime = (): void => {
    atMs += 10_000;
    agenda.advance(atMs);
  };
  return { cues, passTime, ends: () => ends };
}

const WIRING = {
  clock: 15,
  select: 16,
  data: 17,
  role: 'primary',
  sampleRate: 16_000,
  slotBits: 16,
  channel: 'left',
} as const;

function throughLoudspeaker(sampleRate = 16_000): MadeCues {
  let ends = 0;
  const onEnded = (): void => {
    ends += 1;
  };
  const cues = new LoudspeakerCues(FakeLoudspeaker, { ...WIRING, sampleRate, onEnded });
  return { cues, passTime: () => FakeLoudspeaker.made.at(-1)?.end(), ends: () => ends };
}

describe.each([
  ['without a loudspeaker', timed],
  ['through the chip’s loudspeaker', throughLoudspeaker],
])('cues %s', (_, make) => {
  it('tell their end, once', () => {
    const { cues, passTime, ends } = make();
    cues.play('done', 50);
    expect(ends()).toBe(0);
    passTime();
    passTime();
    expect(ends()).toBe(1);
  });

  it('tell one end when a new one takes the place of the old', () => {
    const { cues, passTime, ends } = make();
    cues.play('done', 50);
    cues.play('failed', 50);
    expect(ends()).toBe(0);
    passTime();
    expect(ends()).toBe(1);
  });

  it('tell no end when they are stopped, and do again afterwards', () => {
    const { cues, passTime, ends } = make();
    cues.play('timer', 50);
    cues.stop();
    passTime();
    expect(ends()).toBe(0);
    cues.play('timer', 50);
    passTime();
    expect(ends()).toBe(1);
  });

  it('may be stopped when nothing sounds', () => {
    const { cues, passTime, ends } = make();
    cues.stop();
    cues.play('done', 50);
    passTime();
    cues.stop();
    expect(ends()).toBe(1);
  });

  it('do not sound once closed, and may be closed twice', () => {
    const { cues, passTime, ends } = make();
    cues.play('done', 50);
    cues.close();
    cues.close();
    passTime();
    expect(ends()).toBe(0);
    expect(() => cues.play('done', 50)).toThrow('the loudspeaker is closed');
  });
});

describe('cues through the chip’s loudspeaker', () => {
  it('hand on which and how loud', () => {
    throughLoudspeaker().cues.play('muted', 30);
    expect(FakeLoudspeaker.made.at(-1)?.played).toEqual(['muted 30']);
  });

  it('are not made with a sample rate that it cannot have', () => {
    expect(() => throughLoudspeaker(4000)).toThrow(RangeError);
  });

  it('are not made without somebody to tell', () => {
    expect(() => new LoudspeakerCues(FakeLoudspeaker, { ...WIRING, onEnded: undefined as never })).toThrow(
      TypeError,
    );
  });
});
