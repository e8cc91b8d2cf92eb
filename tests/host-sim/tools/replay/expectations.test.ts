import fc from 'fast-check';
import { compareEvents, describeDifferences } from '../../../../host-sim/tools/replay/expect/compare';
import { type EventLine, parseExpectations } from '../../../../host-sim/tools/replay/expect/expectations';

const EVENTS: EventLine[] = [
  { atMs: 1000, type: 'wakeWordHeard', word: 'jarvis', confidence: 0.95 },
  { atMs: 1000, type: 'phaseChanged', to: 'listening' },
  { atMs: 2000, type: 'commandHeard', intent: 'turnOn', slots: { device: 'lights', room: 'kitchen' } },
  { atMs: 5000, type: 'wakeWordHeard', word: 'jarvis', confidence: 0.91 },
];

const differ = (
  expected: readonly { type: string; [field: string]: unknown }[],
  types: readonly string[] = [],
): string[] =>
  describeDifferences(compareEvents({ events: expected, types: new Set(types) }, EVENTS)).filter(
    (line) => !line.startsWith(' '),
  );

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

  test('of types that are named beside them must be all that comes', () => {
    expect(differ([], ['commandHeard'])).toEqual([expect.stringMatching(/^\+ .*turnOn/)]);
    expect(differ([{ type: 'commandHeard' }], ['commandHeard', 'timerRang'])).toEqual([]);
  });

  test('are lined up so that as many as possible agree, whatever is in the middle', () => {
    const at = (atMs: number) => ({ atMs, type: 'booted' });
    const lined = (expected: number[], came: number[]) =>
      compareEvents({ events: expected.map(at), types: new Set() }, came.map(at)).map(
        ({ kind, event }) => `${kind} ${event.atMs}`,
      );
    expect(lined([100, 200, 300, 400], [100, 250, 300, 400])).toEqual([
      'same 100',
      'missing 200',
      'unexpected 250',
      'same 300',
      'same 400',
    ]);
    expect(lined([100, 200, 300], [200, 300])).toEqual(['missing 100', 'same 200', 'same 300']);
    expect(lined([200], [100, 200, 300])).toEqual(['unexpected 100', 'same 200', 'unexpected 300']);
    expect(lined([], [])).toEqual([]);
  });

  test('of a long recording are compared in a moment', () => {
    const events = Array.from({ length: 100_000 }, (_, i) => ({ atMs: 20 * i, type: 'booted' }));
    const came = events.map((event, i) => (i === 50_000 ? { ...event, atMs: event.atMs + 15 } : event));
    const kinds = compareEvents({ events, types: new Set() }, came).filter(({ kind }) => kind !== 'same');
    expect(kinds.map(({ kind }) => kind)).toEqual(['missing', 'unexpected']);
  });

  test('are read from an array or from lines, past the heading of npm', () => {
    const expected = [{ type: 'booted', atMs: 1 }, { type: 'wakeWordHeard' }, { none: ['commandHeard'] }];
    const read = (text: string) => parseExpectations(text, 'x.json').items;
    expect(read(JSON.stringify(expected, null, 2))).toEqual(expected);
    const lines = expected.map((event) => JSON.stringify(event)).join('\n\n');
    expect(read(`\n> earshot@0.1.0 replay\n> node host-sim/cli/run.mjs replay a.wav\n\n${lines}\n`)).toEqual(
      expected,
    );
  });

  test.each([
    ['{"type": "booted"}\n{"typ": "booted"}', /x\.json, line 2: an event needs at least a "type"/],
    ['[{"type": "booted"}, 5]', /x\.json, item 2: an event needs/],
    ['hello', /x\.json, line 1: not JSON/],
    ['', /x\.json: nothing is expected.*\{"none": "wakeWordHeard"\}/],
    ['[]', /x\.json: nothing is expected/],
    [
      '{"type": "wakeWordHerd"}',
      /line 1: no type "wakeWordHerd" \(did you mean "wakeWordHeard"\?\); there is/,
    ],
    ['{"none": ["comandHeard"]}', /no type "comandHeard" \(did you mean "commandHeard"\?\)/],
    ['{"none": []}', /no type of event is named/],
    ['{"only": 5}', /no type 5/],
    ['{"none": "booted", "flie": "a.wav"}', /there may be "file", but no "flie"/],
    [
      '{"type": "wakeWordHeard", "words": "jarvis"}',
      /wakeWordHeard has no "words" \(did you mean "word"\?\)/,
    ],
    ['{"type": "booted", "constructor": 1}', /booted has no "constructor"/],
    ['{"type": "wakeWordHeard", "confidence": 95}', /confidence is 95; a number from 0 to 1 would be right/],
    ['{"type": "muteChanged", "muted": "yes"}', /muted is "yes"; true or false would be right/],
    ['{"type": "booted", "atMs": "soon"}', /atMs is "soon"; a whole number from 0 would be right/],
  ])('%j is refused, naming the place', (text, message) => {
    expect(() => parseExpectations(text, 'x.json')).toThrow(message);
  });
});
