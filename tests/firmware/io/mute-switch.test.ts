import { ChipEar } from '../../../firmware/io/ear';
import { ChipMuteSwitch } from '../../../firmware/io/mute-switch';
import { ScriptedSwitch } from '../../../host-sim/sim/io/scripted-switch';
import { FakeEar, MICROPHONE } from './fakes';

interface MadeSwitch {
  readonly muteSwitch: { readonly muted: boolean; close(): void };
  readonly move: (muted: boolean) => void;
  readonly told: readonly boolean[];
}

function simulated(isMutedAtStart: boolean): MadeSwitch {
  const told: boolean[] = [];
  const spans = isMutedAtStart ? [{ startMs: 0, endMs: 1e9 }] : [];
  const muteSwitch = new ScriptedSwitch({ spans, onChanged: (muted) => void told.push(muted) });
  return { muteSwitch, move: (muted) => muteSwitch.move(muted), told };
}

function onChip(isMutedAtStart: boolean) {
  const told: boolean[] = [];
  const ear = new ChipEar(FakeEar, { microphone: MICROPHONE, onReadable: () => {} });
  const native = FakeEar.made.at(-1) as FakeEar;
  native.switchMuted = isMutedAtStart;
  native.isOpen = !isMutedAtStart;
  ear.start();
  const onReleased = jest.fn(() => ear.setMuted(false)); // as the core does
  const muteSwitch = new ChipMuteSwitch({ ear, onChanged: (muted) => void told.push(muted), onReleased });
  const move = (muted: boolean): void => {
    native.switchMuted = muted;
    native.isOpen = !muted;
    muteSwitch.poll();
  };
  return { muteSwitch, move, told, native, ear, onReleased };
}

describe.each<[string, (isMutedAtStart: boolean) => MadeSwitch]>([
  ['the simulator', simulated],
  ['the chip', onChip],
])('the mute switch of %s', (_, make) => {
  it.each([true, false])('knows at once whether it is on: %p', (isMuted) => {
    const { muteSwitch, told } = make(isMuted);
    expect(muteSwitch.muted).toBe(isMuted);
    expect(told).toEqual([]);
  });

  it('tells each of its moves, once', () => {
    const { muteSwitch, move, told } = make(false);
    move(true);
    expect(muteSwitch.muted).toBe(true);
    move(false);
    move(true);
    expect(told).toEqual([true, false, true]);
  });

  it('tells nothing once closed, and may be closed twice', () => {
    const { muteSwitch, move, told } = make(false);
    muteSwitch.close();
    muteSwitch.close();
    move(true);
    expect(told).toEqual([]);
  });
});

describe('the mute switch of the chip', () => {
  it('ends a mute only when the gate has opened again', () => {
    const { muteSwitch, move, told, native } = onChip(false);
    move(true);
    native.switchMuted = false;
    muteSwitch.poll();
    expect(muteSwitch.muted).toBe(true);
    native.isOpen = true;
    muteSwitch.poll();
    expect(told).toEqual([true, false]);
  });

  it('tells when its contact opens, so that the speaker’s own mute ends, or the gate would stay closed', () => {
    const { muteSwitch, move, ear, native, onReleased } = onChip(false);
    move(true);
    ear.setMuted(true);
    ear.setMuted(true);
    native.switchMuted = false;
    native.isOpen = true;
    muteSwitch.poll();
    expect(native.calls.filter((call) => call.startsWith('setMuted'))).toEqual([
      'setMuted true',
      'setMuted false',
    ]);
    expect(onReleased).toHaveBeenCalledTimes(1);
    expect(muteSwitch.muted).toBe(false);
  });

  it('says nothing of a gate that has not opened yet after the start', () => {
    const { muteSwitch, told, native } = onChip(false);
    native.isOpen = false;
    muteSwitch.poll();
    expect(told).toEqual([]);
  });

  it('follows its contact where the ear was never started, as in safe mode', () => {
    const ear = new ChipEar(FakeEar, { microphone: MICROPHONE, onReadable: () => {} });
    const native = FakeEar.made.at(-1) as FakeEar;
    const told: boolean[] = [];
    const onChanged = (muted: boolean): void => void told.push(muted);
    const muteSwitch = new ChipMuteSwitch({ ear, onChanged, onReleased: () => {} });
    native.switchMuted = true;
    muteSwitch.poll();
    native.switchMuted = false;
    muteSwitch.poll();
    expect(told).toEqual([true, false]);
  });

  it('is not made without somebody to tell', () => {
    const { ear } = onChip(false);
    const nobody = undefined as never;
    expect(() => new ChipMuteSwitch({ ear, onChanged: nobody, onReleased: () => {} })).toThrow(TypeError);
    expect(() => new ChipMuteSwitch({ ear, onChanged: () => {}, onReleased: nobody })).toThrow(TypeError);
  });
});

describe('the mute switch of the simulator', () => {
  it('is not made with a stretch that ends before it starts', () => {
    const spans = [{ startMs: 5, endMs: 4 }];
    expect(() => new ScriptedSwitch({ spans, onChanged: () => {} })).toThrow(RangeError);
  });
});
