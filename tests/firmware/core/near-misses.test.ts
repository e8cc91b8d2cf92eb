import type { Event } from '../../../firmware/core/events';
import { MAX_NEAR_MISSES } from '../../../firmware/core/state';
import { Mind } from './worlds';

function miss(atMs: number, confidence = 0.4): Event {
  return { type: 'nearMiss', atMs, word: 'jarvis', confidence, reason: 'belowCutoff', levelDb: -35 };
}

describe('near misses', () => {
  it('are counted and kept as numbers, and wake nobody', () => {
    const { state, effects } = Mind.awake().take(miss(1000), miss(2000, 0.3));
    expect(effects).toEqual([]);
    expect(state.phase).toBe('idle');
    expect(state.nearMissCount).toBe(2);
    expect(state.nearMisses).toEqual([
      { atMs: 1000, word: 'jarvis', confidence: 0.4, reason: 'belowCutoff', levelDb: -35 },
      { atMs: 2000, word: 'jarvis', confidence: 0.3, reason: 'belowCutoff', levelDb: -35 },
    ]);
  });

  it('are all counted, but only the latest are kept', () => {
    const mind = Mind.awake();
    for (let i = 1; i <= MAX_NEAR_MISSES + 5; i++) mind.take(miss(i * 1000));
    expect(mind.state.nearMissCount).toBe(MAX_NEAR_MISSES + 5);
    expect(mind.state.nearMisses.map(({ atMs }) => atMs / 1000)).toEqual(
      Array.from({ length: MAX_NEAR_MISSES }, (_, index) => index + 6),
    );
  });

  it('leave a speaker alone that is muted', () => {
    const mind = Mind.awake().mute(500).take(miss(1000));
    expect(mind.state.nearMissCount).toBe(0);
  });
});

test('an unknown sensitivity is refused', () => {
  expect(() => new Mind({ sensitivity: 'extreme' as 'high' })).toThrow(
    "sensitivity 'extreme': low, normal, high would be right",
  );
});
