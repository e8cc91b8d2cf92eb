import fc from 'fast-check';
import { parseEarEvent } from '../../../firmware/core/ear-events';

describe('an event text of the ear', () => {
  it.each([
    { type: 'wakeWordHeard', sample: 48_160, word: 'jarvis', confidence: 0.953 },
    {
      type: 'nearMiss',
      sample: 48_160,
      word: 'jarvis',
      confidence: 0.4,
      reason: 'belowCutoff',
      levelDb: -40,
    },
    {
      type: 'wakeWordHeard',
      sample: 48_160,
      word: 'jarvis',
      confidence: 0.4,
      lossNats: 1.25,
      verifier: -0.125,
      endSample: 45_120,
    },
    { type: 'speechStarted', sample: 1 },
    { type: 'partial', sample: 1, tokens: ['<setTimer', 'set'] },
    { type: 'commandHeard', sample: 1, confidence: 1, tokens: ['<stop', 'stop'] },
    { type: 'speechEnded', sample: 1, reason: 'silence' },
    { type: 'audioOverran', sample: 1, lostSamples: 512 },
    { type: 'eventsLost', sample: 1, count: 3 },
    { type: 'fault', sample: 1, what: 'no sound' },
  ])('is read: %j', (event) => {
    expect(parseEarEvent(JSON.stringify(event))).toEqual(event);
  });

  it.each([
    ['', 'the ear sent no JSON: '],
    ['{"type":', 'the ear sent no JSON: {"type":'],
    ['null', 'the ear sent no object: null'],
    ['{"type":"toString","sample":1}', 'the ear sent a wrong type: {"type":"toString","sample":1}'],
    ['{"type":"fault"}', 'the ear sent a wrong sample: {"type":"fault"}'],
    ['{"type":"speechEnded","sample":1}', 'the ear sent a wrong reason: {"type":"speechEnded","sample":1}'],
  ])('that is malformed becomes a fault that says so: %s', (text, what) => {
    expect(parseEarEvent(text)).toEqual({ type: 'fault', sample: 0, what });
  });

  it('never throws', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ type: fc.string(), sample: fc.anything() }).map((v) => JSON.stringify(v)),
    );
    fc.assert(fc.property(texts, (text) => typeof parseEarEvent(text).type === 'string'));
  });
});
