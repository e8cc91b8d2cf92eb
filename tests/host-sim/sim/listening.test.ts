import { LISTEN_MS } from '../../../firmware/core/state';
import { type LoadedSpeaker, loadSpeaker } from '../../../host-sim/packages/speaker';
import { SAMPLE_RATE } from '../../../host-sim/sim/audio/sound';
import { Session } from '../../../host-sim/sim/session';
import { createEar } from '../../../host-sim/sim/wasm/natives';
import type { EventLine } from '../../../host-sim/tools/replay/expect/expectations';
import { demoRecording } from '../../../host-sim/tools/replay/recordings/demo';

let speaker: LoadedSpeaker;

beforeAll(async () => {
  speaker = await loadSpeaker({ wake: ['jarvis'], grammar: undefined, board: 'esp32-s3-devkitc' });
});

/** Where the bundled recording has these, in seconds. */
const JARVIS = [0, 3] as const;
const VOLUME = [26.9, 29.6] as const;
const TALK = [13.7, 15.2] as const;

function cut([from, to]: readonly [number, number]): Int16Array {
  return demoRecording().subarray(from * SAMPLE_RATE, to * SAMPLE_RATE);
}

function silence(seconds: number): Int16Array {
  return new Int16Array(seconds * SAMPLE_RATE);
}

/** What a whole speaker tells of a recording that is put together from pieces. */
function hear(...pieces: readonly Int16Array[]): EventLine[] {
  const pcm = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    pcm.set(piece, at);
    at += piece.length;
  }
  const lines: EventLine[] = [];
  const write = (line: string): void => void lines.push(JSON.parse(line) as EventLine);
  const ear = createEar(speaker.hearing, pcm);
  const session = new Session({
    ear,
    pixelCount: 1,
    mute: [],
    ringFrames: false,
    write,
  });
  while (session.step());
  return lines;
}

/** The event that ended listening, and how long after the wake word it came. */
function endOfListening(lines: readonly EventLine[]): { event: EventLine | undefined; afterMs: number } {
  const wake = lines.find(({ type }) => type === 'wakeWordHeard') as EventLine;
  const event = lines.find(({ type }) => type === 'commandHeard' || type === 'speechEnded');
  return { event, afterMs: (event?.atMs ?? Number.NaN) - wake.atMs };
}

test('somebody who says no more is waited for as long as the ear decides, and the core goes along', () => {
  const lines = hear(cut(JARVIS), silence(LISTEN_MS / 1000));
  const { event, afterMs } = endOfListening(lines);
  expect(event).toMatchObject({ type: 'speechEnded', reason: 'silence' });
  expect(afterMs).toBeGreaterThan(5_000);
  expect(afterMs).toBeLessThan(6_000);
  expect(lines).toContainEqual({ atMs: event?.atMs, type: 'phaseChanged', from: 'listening', to: 'idle' });
});

test('a command begun after five seconds of thought is heard to its end', () => {
  const { event, afterMs } = endOfListening(hear(cut(JARVIS), silence(4.8), cut(VOLUME), silence(3)));
  expect(event).toMatchObject({ type: 'commandHeard', intent: 'setVolume', slots: { level: 30 } });
  expect(afterMs).toBeGreaterThan(8_000);
});

test('talk without end is given up by the ear, before the core would', () => {
  const { event, afterMs } = endOfListening(hear(cut(JARVIS), ...new Array(14).fill(cut(TALK))));
  expect(event).toMatchObject({ type: 'speechEnded', reason: 'notUnderstood' });
  expect(afterMs).toBeGreaterThan(14_000);
  expect(afterMs).toBeLessThan(LISTEN_MS);
});
