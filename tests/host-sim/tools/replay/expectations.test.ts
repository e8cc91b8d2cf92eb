import fc from 'fast-check';
import {
  compareEvents,
  describeDifferences,
  type EventLine,
  parseExpectations,
} from '../../../../host-sim/tools/replay/expect/expectations';

const EVENTS: EventLine[] = [
  { atMs: 1000, type: 'wakeWordHeard', word: 'jarvis', confidence: 0.95 },
  { atMs: 1000, type: 'phaseChanged', to: 'listening' },
  { atMs: 2000, type: 'commandHeard', intent: 'turnOn', slots: { device: 'lights', room: 'kitchen' } },
  { atMs: 5000, type: 'wakeWordHeard', word: 'jarvis', confidence: 0.91 },
];

const differ = (expected: readonly { type: string; [field: string]: unknown }[]): string[] =>
  describeDifferences(compareEvents(expected, EVENTS)).filter((line) => !line.startsWith(' '));

describe('expected events', () => {
  test('agree when the fields they name do, one frame early or late', () => {
    expect(
      differ([
        { atMs: 1010, type: 'wakeWordHeard', word: 'jarvis' },
        { atMs: 1990, type: 'commandHeard', slots: { room: 'kitchen' } },
        { type: 'wakeWordHeard' },
      ]),
    ).toEqual([]);
  });

  test('differ when they are more than a frame away', () => {
    expect(
      differ([
        { atMs: 989, type: 'wakeWordHeard' },
        { atMs: 5000, type: 'wakeWordHeard' },
      ]),
    ).toEqual([
      '− {"atMs":989,"type":"wakeWordHeard"}',
      '+ {"atMs":1000,"type":"wakeWordHeard","word":"jarvis","confidence":0.95}',
    ]);
  });

  test('name what is missing and what came unexpected, of the listed types only', () => {
    expect(differ([{ type: 'commandHeard', intent: 'turnOff' }])).toEqual([
      '− {"type":"commandHeard","intent":"turnOff"}',
      '+ {"atMs":2000,"type":"commandHeard","intent":"turnOn","slots":{"device":"lights","room":"kitchen"}}',
    ]);
  });

  test('must come in their order', () => {
    const lines = differ([
      { type: 'commandHeard' },
      { atMs: 1000, type: 'wakeWordHeard' },
      { atMs: 5000, type: 'wakeWordHeard' },
    ]);
    expect(lines).toHaveLength(2);
  });

  test('that are any part of the events, named in full, agree but for what was left out', () => {
    fc.assert(
      fc.property(fc.subarray(EVENTS), (expected) => {
        const types = new Set(expected.map(({ type }) => type));
        const left = EVENTS.filter((event) => types.has(event.type) && !expected.includes(event));
        expect(differ(expected)).toEqual(left.map((event) => `+ ${JSON.stringify(event)}`));
      }),
    );
  });

  test('are read from an array or from lines', () => {
    const expected = [{ type: 'a', atMs: 1 }, { type: 'b' }];
    expect(parseExpectations(JSON.stringify(expected, null, 2), 'x.json')).toEqual(expected);
    expect(
      parseExpectations(`${expected.map((event) => JSON.stringify(event)).join('\n\n')}\n`, 'x.json'),
    ).toEqual(expected);
  });

  test.each([
    ['{"type": "a"}\n{"typ": "b"}', /x\.json, line 2: an event needs at least a "type"/],
    ['[{"type": "a"}, 5]', /x\.json, item 2: an event needs/],
    ['hello', /x\.json, line 1: not JSON/],
  ])('%j is refused, naming the place', (text, message) => {
    expect(() => parseExpectations(text, 'x.json')).toThrow(message);
  });
});
