import { ScriptedSwitch } from '../../../host-sim/sim/io/scripted-switch';
import { HOP_SAMPLES, SteppedEar } from '../../../host-sim/sim/io/stepped-ear';
import { ScriptedEar } from './scripted-ear';

function stepped(spans: readonly { startMs: number; endMs: number }[], lengthSamples = 16_000) {
  const heard = new ScriptedEar(lengthSamples);
  const muteSwitch = new ScriptedSwitch({ spans, onChanged: () => ear.turnGate() });
  const ear: SteppedEar = new SteppedEar(heard, muteSwitch);
  return { ear, muteSwitch, calls: heard.calls };
}

describe('an ear that hears in steps', () => {
  test('counts what it has heard, the last part of a step included', () => {
    const { ear } = stepped([], HOP_SAMPLES + 7);
    expect([ear.step(), ear.elapsedSamples]).toEqual([true, HOP_SAMPLES]);
    expect([ear.step(), ear.elapsedSamples]).toEqual([false, HOP_SAMPLES + 7]);
  });

  test('has a gate that follows the switch on the very sample, and is closed from the start by one that is on', () => {
    const { ear, calls } = stepped([
      { startMs: 0, endMs: 3.5 },
      { startMs: 7, endMs: 8 },
    ]);
    ear.step();
    expect(calls).toEqual(['0: mute', '56: unmute', '112: mute', '128: unmute']);
  });

  test('stays muted until neither the switch nor the speaker asks for it', () => {
    const { ear, muteSwitch, calls } = stepped([]);
    muteSwitch.move(true);
    ear.setMuted(true);
    muteSwitch.move(false);
    expect([ear.isGateClosed, calls]).toEqual([true, ['0: mute']]);
    ear.setMuted(false);
    expect([ear.isGateClosed, calls]).toEqual([false, ['0: mute', '0: unmute']]);
  });

  test('is not opened by the speaker while the switch is on', () => {
    const { ear, muteSwitch, calls } = stepped([]);
    ear.setMuted(true);
    muteSwitch.move(true);
    ear.setMuted(false);
    expect([ear.isGateClosed, calls]).toEqual([true, ['0: mute']]);
  });
});
