import { coreEventOf } from '../../../firmware/core/hear';

const TIMER = ['<setTimer', 'set', 'a', 'timer', 'for', '{duration', 'ten', '+10', 'minutes', '*60', '}'];

describe('what the ear heard', () => {
  it('becomes a command with its slots, its words and its confidence', () => {
    expect(coreEventOf({ type: 'commandHeard', sample: 1, confidence: 0.91, tokens: TIMER }, 60)).toEqual({
      type: 'commandHeard',
      atMs: 60,
      command: {
        intent: 'setTimer',
        slots: { duration: 600 },
        words: 'set a timer for ten minutes',
        confidence: 0.91,
      },
    });
  });

  it('is a fault when it is no command', () => {
    expect(coreEventOf({ type: 'commandHeard', sample: 1, confidence: 0.91, tokens: ['hello'] }, 60)).toEqual(
      {
        type: 'faultOccurred',
        atMs: 60,
        what: 'the ear heard no command: hello',
      },
    );
  });

  it('keeps the sample of a wake word, from which listening reaches back', () => {
    const heard = { type: 'wakeWordHeard', sample: 960, word: 'jarvis', confidence: 0.95 } as const;
    expect(coreEventOf(heard, 70)).toEqual({ ...heard, atMs: 70 });
  });

  it('tells of lost events as of a fault', () => {
    expect(coreEventOf({ type: 'eventsLost', sample: 1, count: 3 }, 60)).toMatchObject({
      what: '3 events of the ear were lost',
    });
  });
});
