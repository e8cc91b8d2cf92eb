import fc from 'fast-check';
import { muteEdges, parseMuteSpans } from '../../../host-sim/sim/io/mute-spans';

describe('mute spans', () => {
  test('are read in seconds and kept in milliseconds', () => {
    expect(parseMuteSpans('2.5-6, 9-10.25')).toEqual([
      { startMs: 2500, endMs: 6000 },
      { startMs: 9000, endMs: 10_250 },
    ]);
  });

  test.each(['', '3', '3-', '5-3', '4-4', '-1-2', 'a-b', '1-2,', '1-2;3-4', '1e3-2e3'])(
    '%j is refused with an example',
    (text) => {
      expect(() => parseMuteSpans(text)).toThrow(/like 2\.5-6/);
    },
  );

  test('become edges at their samples', () => {
    expect(muteEdges([{ startMs: 2.5, endMs: 3 }])).toEqual([
      { sample: 40, muted: true },
      { sample: 48, muted: false },
    ]);
  });

  test('that touch or overlap, in any order, have no edge between them', () => {
    const spans = [
      { startMs: 20, endMs: 30 },
      { startMs: 10, endMs: 20 },
      { startMs: 12, endMs: 15 },
    ];
    expect(muteEdges(spans)).toEqual([
      { sample: 160, muted: true },
      { sample: 480, muted: false },
    ]);
  });

  test('that end before they start are refused', () => {
    expect(() => muteEdges([{ startMs: 10, endMs: 5 }])).toThrow(RangeError);
  });

  test('give edges that alternate and never go back, and mute exactly what any span covers', () => {
    const span = fc
      .tuple(fc.nat(200), fc.integer({ min: 1, max: 50 }))
      .map(([startMs, length]) => ({ startMs, endMs: startMs + length }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
        const edges = muteEdges(spans);
        edges.forEach((edge, i) => {
          expect(edge.muted).toBe(i % 2 === 0);
          expect(edge.sample).toBeGreaterThan(edges[i - 1]?.sample ?? -1);
        });
        for (let ms = 0; ms < 260; ms++) {
          const lastEdge = edges.filter(({ sample }) => sample <= ms * 16).at(-1);
          expect(lastEdge?.muted ?? false).toBe(
            spans.some(({ startMs, endMs }) => ms >= startMs && ms < endMs),
          );
        }
      }),
      { numRuns: 100 },
    );
  });
});
