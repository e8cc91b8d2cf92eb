import { type Effect, effectsOf } from '../../../firmware/core/effects';
import type { Cue } from '../../../firmware/core/ports';
import { initialState } from '../../../firmware/core/state';
import { play } from '../../../firmware/core/transitions';
import { Mind, wake } from './worlds';

const CUES: readonly Cue[] = [
  'listening',
  'done',
  'notUnderstood',
  'failed',
  'timer',
  'alarm',
  'muted',
  'unmuted',
];

function typesOf(effects: readonly Effect[]): string[] {
  return effects.map(({ type }) => type);
}

describe('while the speaker sounds', () => {
  it.each(CUES)('%s cannot wake it: the guard is up before the sound', (cue) => {
    const before = initialState();
    const effects = effectsOf(before, play(before, cue));
    expect(effects[0]).toEqual({
      type: 'setGuard',
      guard: cue === 'timer' || cue === 'alarm' ? 'guarded' : 'closed',
    });
    expect(effects[1]).toMatchObject({ type: 'playCue', cue });
  });

  it('the guard is lifted when the sound has ended', () => {
    const mind = Mind.awake().ask(1000, 'volumeUp').take({ type: 'cueEnded', atMs: 2300 });
    expect(mind.asked('setGuard').map(({ guard }) => guard)).toEqual(['closed', 'unguarded']);
  });

  it('the guard goes up anew with each ring of a timer, even when no end of a cue is heard', () => {
    const mind = Mind.awake().ask(1000, 'setTimer', { duration: 10 }).wait(12_000).wait(14_000).wait(16_000);
    expect(mind.asked('playCue').filter(({ cue }) => cue === 'timer')).toHaveLength(3);
    expect(mind.asked('setGuard').filter(({ guard }) => guard === 'guarded')).toHaveLength(3);
  });

  it('a person may talk over a ringing timer: its sound ends, the guard is lifted, and the ear listens', () => {
    const mind = Mind.awake().ask(1000, 'setTimer', { duration: 10 }).wait(12_000);
    const before = mind.effects.length;
    mind.take(wake(12_600));
    expect(mind.state.phase).toBe('listening');
    expect(typesOf(mind.effects.slice(before))).toEqual(['stopCue', 'listen', 'setGuard']);
    expect(mind.asked('setGuard').at(-1)?.guard).toBe('unguarded');
  });
});
