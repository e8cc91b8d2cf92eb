import type { Event } from '../../../firmware/core/events';
import { patternName, renderRing } from '../../../firmware/core/ring';
import { LISTEN_MS } from '../../../firmware/core/state';
import { command, Mind, wake } from './worlds';

function doubted(atMs: number, intent: string): Event {
  const heard = { intent, slots: {}, words: intent, confidence: 0.6 };
  return { type: 'commandDoubted', atMs, sample: atMs * 16, command: heard };
}

/** Asks whether it is to unlock, from 2 s on. */
function asking(): Mind {
  return Mind.awake().take(wake(1000), doubted(2000, 'unlock'));
}

describe('a command that was heard badly', () => {
  it('is asked about, not done', () => {
    const mind = asking();
    expect(mind.state).toMatchObject({ phase: 'asking', question: { intent: 'unlock' } });
    expect(mind.asked('perform')).toEqual([]);
    expect(mind.asked('playCue')).toMatchObject([{ cue: 'listening' }]);
    expect(patternName(mind.state)).toBe('asking');
  });

  it('has its answer listened for from there on', () => {
    expect(asking().asked('listen').at(-1)).toEqual({ type: 'listen', sinceSample: 32_000 });
    expect(asking().asked('stopListening')).toEqual([]);
  });

  it('is done after a yes, with what it was about', () => {
    const slots = { cover: 'garage door' };
    const heard = { intent: 'open', slots, words: 'open the garage door', confidence: 0.6 };
    const mind = Mind.awake().take(
      wake(1000),
      { type: 'commandDoubted', atMs: 2000, sample: 32_000, command: heard },
      command(4000, 'yes'),
    );
    expect(mind.asked('perform')).toMatchObject([{ intent: 'open', slots }]);
    expect(mind.state).toMatchObject({ phase: 'thinking', question: undefined });
  });

  it.each(['no', 'neverMind'])('is not done after "%s"', (answer) => {
    const mind = asking().take(command(4000, answer));
    expect(mind.state).toMatchObject({ phase: 'idle', question: undefined });
    expect(mind.asked('perform')).toEqual([]);
    expect(mind.asked('stopListening')).toHaveLength(1);
  });

  it('is not done when nobody answers', () => {
    const mind = asking().take({ type: 'speechEnded', atMs: 7000, reason: 'silence' });
    expect(mind.state).toMatchObject({ phase: 'idle', question: undefined });
    expect(mind.asked('perform')).toEqual([]);
    expect(asking().wait(2000 + LISTEN_MS).state.phase).toBe('idle'); // nor by an ear that says nothing
  });

  it('gives way to another command', () => {
    const mind = asking().take(command(4000, 'lock'));
    expect(mind.asked('perform')).toMatchObject([{ intent: 'lock' }]);
  });

  it('is asked about once: a second doubt is not understood', () => {
    const mind = asking().take(doubted(4000, 'unlock'));
    expect(mind.state).toMatchObject({ phase: 'replying', question: undefined });
    expect(mind.asked('playCue').at(-1)).toMatchObject({ cue: 'notUnderstood' });
    expect(mind.asked('perform')).toEqual([]);
  });

  it('is dropped by the mute switch, and by another wake word', () => {
    expect(asking().mute(3000).state.question).toBeUndefined();
    const woken = asking().take(wake(3000), command(4000, 'yes'));
    expect(woken.asked('perform')).toEqual([]);
  });

  it('means nothing where nobody listens', () => {
    expect(Mind.awake().take(doubted(1000, 'unlock')).state.phase).toBe('idle');
  });

  it('lets a timer wait until the question is over', () => {
    const mind = Mind.awake().ask(0, 'setTimer', { duration: 5 }).wait(4000);
    mind.take(wake(5000), doubted(5500, 'unlock')).wait(7000);
    expect(mind.state.phase).toBe('asking');
    expect(mind.take(command(8000, 'no')).state.phase).toBe('ringing');
  });
});

it('a yes to no question does nothing', () => {
  expect(Mind.awake().ask(1000, 'yes').asked('perform')).toEqual([]);
});

it('the picture of a question lights two sides in turn', () => {
  const sides = [0, 400].map((afterMs) => {
    const rgb = new Uint8Array(36);
    renderRing(asking().state, 2000 + afterMs, rgb);
    return [3, 9].map((pixel) => rgb[pixel * 3 + 2]);
  });
  expect(sides[0]?.[0]).toBeGreaterThan(sides[0]?.[1] ?? 0);
  expect(sides[1]?.[1]).toBeGreaterThan(sides[1]?.[0] ?? 0);
});
