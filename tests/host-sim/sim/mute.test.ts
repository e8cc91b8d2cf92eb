/** Mute means mute: the real natives and models, the bundled recording, and a switch that moves at random. */
import fc from 'fast-check';
import { paintRing, patternOf } from '../../../firmware/core/ring';
import { DEFAULT_SETTINGS, initialState, LISTEN_BACK_SAMPLES } from '../../../firmware/core/state';
import { type LoadedSpeaker, loadSpeaker } from '../../../host-sim/packages/speaker';
import { type MuteSpan, muteEdges } from '../../../host-sim/sim/io/mute-spans';
import { Session } from '../../../host-sim/sim/session';
import { createEar } from '../../../host-sim/sim/wasm/natives';
import type { WasmEar } from '../../../host-sim/sim/wasm/wasm-ear';
import type { EventLine } from '../../../host-sim/tools/replay/expect/expectations';
import { demoRecording } from '../../../host-sim/tools/replay/recordings/demo';

const RATE = 16_000;
const PIXELS = 12;
const FRAME_MS = 20;
const recording = demoRecording();
const lengthMs = Math.floor(recording.length / 16);
let speaker: LoadedSpeaker;

beforeAll(async () => {
  speaker = await loadSpeaker({ wake: ['jarvis'], grammar: undefined, board: 'esp32-s3-devkitc' });
});

const spans: fc.Arbitrary<MuteSpan[]> = fc.array(
  fc
    .tuple(fc.nat(lengthMs - 1), fc.integer({ min: 1, max: 8000 }))
    .map(([startMs, length]) => ({ startMs, endMs: Math.min(startMs + length, lengthMs) })),
  { minLength: 1, maxLength: 5 },
);

function replay(pcm: Int16Array, mute: readonly MuteSpan[]): string[] {
  const lines: string[] = [];
  const session = new Session({
    ear: createEar(speaker.hearing, pcm),
    pixelCount: PIXELS,
    mute,
    ringFrames: true,
    write: (line) => lines.push(line),
  });
  while (session.step());
  return lines;
}

/** Pairs of samples between which the gate is closed. */
function closedStretches(mute: readonly MuteSpan[]): (readonly [number, number])[] {
  const samples = muteEdges(mute).map((edge) => edge.sample);
  return samples.flatMap((sample, i) => (i % 2 === 0 ? [[sample, samples[i + 1] as number] as const] : []));
}

/** What an ear reports of the samples, beginning to listen at each wake word, with times counted from `from`. */
function heardBy(ear: WasmEar, sampleCount: number, from = 0): string[] {
  const texts: string[] = [];
  for (let heard = 0; heard < sampleCount; ) {
    heard += ear.hear(Math.min(160, sampleCount - heard));
    for (let text = ear.takeEvent(); text !== undefined; text = ear.takeEvent()) {
      const event = JSON.parse(text) as { type: string; sample: number; endSample?: number };
      const { sample, endSample, ...rest } = event;
      if (event.type === 'wakeWordHeard') ear.listen(endSample ?? sample - LISTEN_BACK_SAMPLES);
      const end = endSample === undefined ? {} : { endSample: endSample - from };
      texts.push(JSON.stringify({ ...rest, sample: sample - from, ...end }));
    }
  }
  return texts;
}

function solidMutePicture(): string {
  const state = initialState({ ...DEFAULT_SETTINGS, muted: true });
  const rgb = new Uint8Array(PIXELS * 3);
  paintRing(patternOf(state), state, 0, rgb);
  return Buffer.from(rgb).toString('hex');
}

describe('while muted', () => {
  test('no sample counts: other sound under the mute gives the very same lines', () => {
    fc.assert(
      fc.property(spans, fc.integer(), (mute, seed) => {
        const other = recording.slice();
        let noise = seed | 1;
        for (const [start, end] of closedStretches(mute)) {
          for (let i = start; i < end; i++) {
            noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) | 0;
            other[i] = noise >> 16;
          }
        }
        expect(replay(other, mute)).toEqual(replay(recording, mute));
      }),
      { numRuns: 12 },
    );
  });

  test('nothing is heard, and the ring shows it within one frame and all the time', () => {
    const muted = solidMutePicture();
    fc.assert(
      fc.property(spans, (mute) => {
        const events = replay(recording, mute).map((line) => JSON.parse(line) as EventLine);
        for (const [start, end] of closedStretches(mute)) {
          const [startMs, endMs] = [start / 16, end / 16];
          const during = events.filter(({ atMs }) => atMs > startMs && atMs < endMs);
          expect(during.filter(({ type }) => /Heard$|^speech|^partial$|^listen$/.test(type))).toEqual([]);
          const pictures = events.filter(({ type, atMs }) => type === 'ringFrame' && atMs < endMs);
          const shown = pictures.filter(({ atMs }) => atMs <= startMs + FRAME_MS).at(-1);
          expect(shown?.rgb).toBe(muted);
          const later = pictures.filter(({ atMs }) => atMs > startMs + FRAME_MS);
          expect(later.filter(({ rgb }) => rgb !== muted)).toEqual([]);
        }
      }),
      { numRuns: 12 },
    );
  });
});

describe('after the switch opens', () => {
  test('the ear knows nothing of before: it reports what an ear would that begins here', () => {
    fc.assert(
      fc.property(fc.nat(recording.length - 1), fc.nat(2 * RATE), (close, length) => {
        const open = Math.min(close + length, recording.length);
        const ear = createEar(speaker.hearing, recording);
        heardBy(ear, close);
        ear.setMuted(true);
        ear.hear(open - close);
        ear.setMuted(false);
        const rest = recording.length - open;
        expect(heardBy(ear, rest, open)).toEqual(
          heardBy(createEar(speaker.hearing, recording.subarray(open)), rest),
        );
      }),
      { numRuns: 12 },
    );
  });

  test('a command begun before the mute does not complete', () => {
    const spoken = heardBy(createEar(speaker.hearing, recording), recording.length).map((text) =>
      JSON.parse(text),
    );
    const wake = spoken.find(({ type }) => type === 'wakeWordHeard');
    const command = spoken.find(({ type }) => type === 'commandHeard');
    const middle = Math.floor((wake.sample + command.sample) / 2);
    const ear = createEar(speaker.hearing, recording);
    heardBy(ear, middle);
    ear.setMuted(true);
    ear.setMuted(false);
    const after = heardBy(ear, command.sample + RATE - middle).map((text) => JSON.parse(text).type);
    expect(after).not.toContain('commandHeard');
  });
});
