import type { EventLine } from '../../../../host-sim/tools/replay/expect/expectations';
import { spoken } from '../../../../host-sim/tools/replay/loudspeaker';

const RATE = 16_000;
const say = (atMs: number, ...clips: string[]): EventLine => ({
  atMs,
  type: 'say',
  clips,
  volumePercent: 100,
});

/** Milliseconds of the first and the last sample that is no silence. */
function soundOf(pcm: Int16Array): [number, number] {
  const loud = [...pcm].flatMap((sample, index) => (Math.abs(sample) > 8 ? [index] : []));
  const [ofFirst = -1, ofLast = -1] = [loud[0], loud.at(-1)];
  return [Math.round((ofFirst * 1000) / RATE), Math.round((ofLast * 1000) / RATE)];
}

it('says what was said when it was said', () => {
  const [first, last] = soundOf(spoken([say(1000, 'timer set for', 'ten', 'minutes.')], 5 * RATE));
  expect(first).toBeGreaterThanOrEqual(1000);
  expect(first).toBeLessThan(1050);
  expect(last).toBeGreaterThan(2500);
  expect(last).toBeLessThan(3500);
});

it('is cut short within 5 ms by a stop, or by the next sound, and by the end of the recording', () => {
  const cut = { atMs: 1300, type: 'stopCue' };
  expect(soundOf(spoken([say(1000, 'timer set for', 'ten'), cut], 5 * RATE))[1]).toBeLessThanOrEqual(1305);
  const cue = { atMs: 1300, type: 'playCue', cue: 'done', volumePercent: 100 };
  const [, last] = soundOf(spoken([say(1000, 'timer set for', 'ten'), cue], 5 * RATE));
  expect(last).toBeGreaterThan(1500);
  expect(last).toBeLessThanOrEqual(1585);
  expect(spoken([say(1000, 'timer set for', 'ten')], 1.1 * RATE)).toHaveLength(1.1 * RATE);
});

it('is silent where nothing was said', () => {
  expect(spoken([], RATE).every((sample) => sample === 0)).toBe(true);
});
