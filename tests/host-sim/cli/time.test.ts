import { Problem } from '../../../host-sim/cli/problem';
import { epochMsOf } from '../../../host-sim/cli/time';

test.each([
  ['2026-12-01T21:00', 'CET-1CEST,M3.5.0,M10.5.0/3', '2026-12-01T20:00:00.000Z'],
  ['2026-07-01T21:00', 'CET-1CEST,M3.5.0,M10.5.0/3', '2026-07-01T19:00:00.000Z'],
  ['2028-02-29T00:00', undefined, '2028-02-29T00:00:00.000Z'],
])('%s in %s is %s', (time, zone, moment) => {
  expect(new Date(epochMsOf(time, zone) ?? 0).toISOString()).toBe(moment);
});

test('nobody knows the time unless it is given', () => {
  expect(epochMsOf(undefined)).toBeUndefined();
});

test.each(['', 'now', '2026-02-30T21:00', '2026-12-01T24:00', '2026-12-01 21:00', '2026-13-01T21:00'])(
  "'%s' is refused",
  (time) => {
    expect(() => epochMsOf(time)).toThrow(Problem);
  },
);
