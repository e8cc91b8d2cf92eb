import type { Event } from '../../../firmware/core/events';
import { command, Mind, wake } from './worlds';

const speaking = () => Mind.awake({ voice: 'on' }).ask(1000, 'setVolume', { level: 40 });
const ended = (atMs: number): Event => ({ type: 'cueEnded', atMs });

describe('a speaker with a voice', () => {
  it('says its answer, the cue beside it for whoever lacks the clips', () => {
    const mind = speaking();
    expect(mind.asked('say')).toEqual([
      {
        type: 'say',
        text: 'volume forty percent.',
        clips: ['volume', 'forty', 'percent.'],
        cue: 'done',
        volumePercent: 40,
      },
    ]);
    expect(mind.asked('playCue')).toEqual([]);
    expect(mind.asked('answer')).toMatchObject([{ says: 'volume' }]);
  });

  it('replies as long as it speaks', () => {
    const mind = speaking().wait(3000).wait(6000).wait(9000);
    expect(mind.state.phase).toBe('replying');
    expect(mind.take(ended(9500)).state.phase).toBe('idle');
  });

  it('shows an error as long as it says why', () => {
    const mind = Mind.awake({ voice: 'on' }).ask(1000, 'whatTime').wait(6000);
    expect(mind.asked('say')).toMatchObject([{ text: "i don't know the time yet.", cue: 'failed' }]);
    expect(mind.state.phase).toBe('error');
    expect(mind.take(ended(6500)).state.phase).toBe('idle');
  });

  it('tells the ear every one and a half seconds that it speaks, and then that it does no more', () => {
    const mind = speaking();
    for (let atMs = 2020; atMs < 7000; atMs += 20) mind.wait(atMs);
    mind.take(ended(7000));
    expect(mind.asked('setGuard').map(({ guard }) => guard)).toEqual([
      'guarded',
      'guarded',
      'guarded',
      'guarded',
      'unguarded',
    ]);
  });

  it('rests after half a minute of which no end is heard', () => {
    const mind = speaking();
    for (let atMs = 2020; atMs < 34_000; atMs += 20) mind.wait(atMs);
    expect(mind.state.phase).toBe('idle');
  });

  it('falls silent and listens when somebody wakes it', () => {
    const mind = speaking().take(wake(2500));
    expect(mind.asked('stopCue')).toHaveLength(1);
    expect(mind.state.phase).toBe('listening');
  });

  it('falls silent when it is muted', () => {
    expect(speaking().mute(2500).asked('playCue')).toMatchObject([{ cue: 'muted' }]); // which ends what sounds
  });

  it('gives way to a timer that rings', () => {
    const mind = Mind.awake({ voice: 'on' }).ask(1000, 'setTimer', { duration: 3 }).take(ended(3000));
    mind.ask(3500, 'whatVolume').wait(5000);
    expect(mind.state.phase).toBe('ringing');
    expect(mind.asked('playCue')).toMatchObject([{ cue: 'timer' }]);
  });
});

describe('a question asked by voice', () => {
  const heard = { intent: 'unlock', slots: {}, words: 'unlock the door', confidence: 0.6 };
  const asking = () =>
    Mind.awake({ voice: 'on' }).take(wake(1000), {
      type: 'commandDoubted',
      atMs: 2000,
      sample: 32_000,
      command: heard,
    });

  it('is said before anything is listened to', () => {
    const mind = asking();
    expect(mind.asked('say')).toMatchObject([{ text: 'did you mean unlock the door' }]);
    expect(mind.state.phase).toBe('replying');
    expect(mind.asked('stopListening')).toHaveLength(1);
    mind.take(ended(4000));
    expect(mind.state).toMatchObject({ phase: 'asking', question: { intent: 'unlock' } });
    expect(mind.asked('listen').at(-1)).toEqual({ type: 'listen', sinceSample: 64_000 });
  });

  it('is answered', () => {
    const mind = asking().take(ended(4000), command(5000, 'yes'));
    expect(mind.asked('perform')).toMatchObject([{ intent: 'unlock' }]);
  });

  it('is forgotten by whoever wakes it meanwhile', () => {
    expect(asking().take(wake(3000)).state).toMatchObject({ phase: 'listening', question: undefined });
  });
});

it.each([
  ['tones', [{ cue: 'done' }]],
  ['off', []],
] as const)('answers by %s where that is chosen', (voice, cues) => {
  const mind = Mind.awake({ voice }).ask(1000, 'setVolume', { level: 40 });
  expect(mind.asked('say')).toEqual([]);
  expect(mind.asked('playCue')).toMatchObject(cues);
  expect(mind.wait(5000).state.phase).toBe('idle');
});

it('rings though it shall not answer', () => {
  const mind = Mind.awake({ voice: 'off' }).ask(1000, 'setTimer', { duration: 10 }).wait(5000).wait(12_000);
  expect(mind.asked('playCue')).toMatchObject([{ cue: 'timer' }]);
});
