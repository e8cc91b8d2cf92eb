import { equip } from '../../../firmware/core/hearing';
import type { Ear } from '../../../firmware/core/ports';
import { ChipEar, type ChipEarOptions } from '../../../firmware/io/ear';
import { createEar } from '../../../host-sim/sim/wasm/natives';
import { FakeEar, MICROPHONE } from './fakes';

interface MadeEar {
  readonly ear: Ear;
  /** Lets it have one event to tell. */
  readonly excite: () => void;
}

function simulated(): MadeEar {
  const ear = createEar({});
  return {
    ear,
    // a microphone that gives nothing but zeros for ten seconds is told
    excite: () => {
      ear.feed(new Int16Array(160_000));
      ear.hear(160_000);
    },
  };
}

function onChip(options: Partial<ChipEarOptions> = {}) {
  const ear = new ChipEar(FakeEar, { microphone: MICROPHONE, onReadable: () => {}, ...options });
  const native = FakeEar.made.at(-1) as FakeEar;
  return { ear, native, excite: () => void native.events.push('{"type":"speechStarted","sample":0}') };
}

describe.each<[string, () => MadeEar]>([
  ['the simulator', simulated],
  ['the chip', onChip],
])('the ear of %s', (_, make) => {
  it('has nothing to tell at first', () => {
    expect(make().ear.takeEvent()).toBeUndefined();
  });

  it('tells an event once, as JSON with its sample', () => {
    const { ear, excite } = make();
    excite();
    expect(JSON.parse(ear.takeEvent() ?? '')).toMatchObject({
      type: expect.any(String),
      sample: expect.any(Number),
    });
    expect(ear.takeEvent()).toBeUndefined();
  });

  it('tells nothing of before a mute', () => {
    const { ear, excite } = make();
    excite();
    ear.setMuted(true);
    expect(ear.takeEvent()).toBeUndefined();
  });

  it('may be told twice what it knows, and to stop what it does not do', () => {
    const { ear, excite } = make();
    ear.stopListening();
    ear.setMuted(true);
    ear.setMuted(true);
    ear.setMuted(false);
    ear.setMuted(false);
    ear.setGuard('unguarded');
    ear.setSensitivity('normal');
    excite();
    expect(ear.takeEvent()).toEqual(expect.any(String));
  });
});

describe('the ear of the chip', () => {
  it('hands its hearing on', () => {
    const { ear, native } = onChip();
    const phones = { model: {}, blankPenaltyNats: 2, lookAheadMs: 180, features: 'plain' as const };
    const commands = { phones, graph: {} };
    equip(ear, { wakeWords: [], commands });
    expect(native.hearings).toEqual([{ wakeWords: [], commands }]);
  });

  it('asks the native for a mute once, however often it is told', () => {
    const { ear, native } = onChip();
    for (const muted of [false, true, true, false, false]) ear.setMuted(muted);
    expect(native.calls).toEqual(['setMuted true', 'setMuted false']);
  });

  it('wakes whoever waits for events', () => {
    const onReadable = jest.fn();
    onChip({ onReadable }).native.onReadable?.();
    expect(onReadable).toHaveBeenCalledTimes(1);
  });

  it('tells nothing once closed, and may be closed twice', () => {
    const { ear, native } = onChip();
    ear.close();
    ear.close();
    expect(native.calls).toEqual(['close']);
    expect(() => ear.takeEvent()).toThrow('the ear is closed');
  });

  it('is not made without a microphone or somebody to wake', () => {
    expect(() => onChip({ microphone: {} as never })).toThrow('microphone.clock is missing');
    expect(() => onChip({ onReadable: undefined as never })).toThrow('onReadable must be a function');
  });
});
