import type { Ear } from '../../firmware/core/ports';
import { ChipEar, type ChipEarOptions } from '../../firmware/io/ear';
import { createEar } from '../../host-sim/wasm/natives';
import { FakeEar, MICROPHONE } from './fakes';

interface MadeEar {
  readonly ear: Ear;
  /** Lets it have one event to tell. */
  readonly excite: () => void;
}

function simulated(): MadeEar {
  const ear = createEar({ wakeWords: [] });
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
  const point = {
    probabilityCutoff: 0.5,
    slidingWindowSize: 5,
    lookCutoff: 0.1,
    lookLossNats: 1.9,
    unsureLossNats: 3.5,
  };

  it('hands its models on, numbered in the order of adding', () => {
    const { ear, native } = onChip();
    const points = { low: point, normal: { ...point, probabilityCutoff: 0.6 }, high: point };
    for (const name of ['jarvis', 'computer']) {
      ear.addWakeWord({ name, model: {}, points, pronunciations: [19, 1, 0] });
    }
    ear.setCommands({ phones: {}, network: {}, blankPenalty: 2, lookAheadMs: 180, features: 'plain' });
    expect(native.calls.slice(4)).toEqual([
      'setPronunciations 0 19 1 0',
      'addWakeWord computer resource 0.6 5',
      'setPoint 1 low 0.5 5 0.1 1.9 3.5',
      'setPoint 1 normal 0.6 5 0.1 1.9 3.5',
      'setPoint 1 high 0.5 5 0.1 1.9 3.5',
      'setPronunciations 1 19 1 0',
      'setCommands resource resource 2 180 plain',
    ]);
  });

  it('gives a word its verifier after the embedding', () => {
    const { ear, native } = onChip();
    const points = { low: point, normal: point, high: point };
    ear.setEmbedding({});
    ear.addWakeWord({ name: 'plain', model: {}, points, pronunciations: [19, 0] });
    ear.addWakeWord({ name: 'sure', model: {}, points, pronunciations: [19, 0], verifier: {} });
    expect(native.calls.filter((call) => /Embedding|Verifier|addWakeWord/.test(call))).toEqual([
      'setEmbedding resource',
      'addWakeWord plain resource 0.5 5',
      'addWakeWord sure resource 0.5 5',
      'setVerifier 1 resource',
    ]);
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
