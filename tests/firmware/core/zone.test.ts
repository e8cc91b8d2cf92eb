import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { dateOf, dateText, dayOf, timeText, weekdayOf } from '../../../firmware/core/calendar';
import { aheadOfUtc, momentAt, parseZone, type Zone } from '../../../firmware/core/zone';

function zone(text: string): Zone {
  const read = parseZone(text);
  if (!read) throw new Error(`'${text}' is no zone`);
  return read;
}

/** What glibc makes of a zone at some moments, in seconds ahead of UTC. */
function glibc(text: string, moments: readonly number[]): number[] {
  const input = moments.map((seconds) => `@${seconds}`).join('\n');
  const { stdout } = spawnSync('date', ['-f', '-', '+%:::z'], {
    input,
    env: { ...process.env, TZ: text },
    encoding: 'utf8',
  });
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [hours = '', minutes = '0', seconds = '0'] = line.slice(1).split(':');
      const ahead = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
      return line.startsWith('-') ? 0 - ahead : ahead;
    });
}

const YEAR_2026 = Date.UTC(2026, 0, 1) / 1000;
const FIVE_YEARS = 5 * 366 * 86_400;
const moments = fc.array(fc.integer({ min: YEAR_2026, max: YEAR_2026 + FIVE_YEARS }), {
  minLength: 20,
  maxLength: 60,
});

describe('a zone', () => {
  it.each([
    'UTC0',
    'CET-1CEST,M3.5.0,M10.5.0/3',
    'EST5EDT,M3.2.0,M11.1.0',
    'AEST-10AEDT,M10.1.0,M4.1.0/3',
    '<+1030>-10:30<+11>-11,M10.1.0,M4.1.0',
    '<-03>3<-02>,M3.5.0/-2,M10.5.0/-1',
    'IST-5:30',
    '<+0545>-5:45',
    'IST-1GMT0,M10.5.0,M3.5.0/1',
    'EST5EDT,J60/3,J300/1:30',
    'EST5EDT,59,364/0',
    'EET-2EEST,M3.4.4/50,M10.4.4/50',
  ])('%s is as glibc has it', (text) => {
    fc.assert(
      fc.property(moments, (seconds) => {
        expect(seconds.map((moment) => aheadOfUtc(zone(text), moment))).toEqual(glibc(text, seconds));
      }),
      { numRuns: 10 },
    );
  });

  it.each([
    ['Europe/Berlin', 'CET-1CEST,M3.5.0,M10.5.0/3'],
    ['America/New_York', 'EST5EDT,M3.2.0,M11.1.0'],
    ['Australia/Sydney', 'AEST-10AEDT,M10.1.0,M4.1.0/3'],
  ])('of %s changes at the hour at which people put their clocks', (name, text) => {
    const clock = new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'longOffset' });
    for (let moment = YEAR_2026; moment < YEAR_2026 + 366 * 86_400; moment += 3600) {
      const offset = clock.formatToParts(moment * 1000).find(({ type }) => type === 'timeZoneName')?.value;
      const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(offset ?? '') ?? [];
      const ahead = (Number(hours) * 60 + Number(minutes)) * 60 * (sign === '-' ? -1 : 1);
      if (aheadOfUtc(zone(text), moment) !== ahead) throw new Error(`${name} at ${moment}`);
    }
  });

  it.each([
    '',
    'Europe/Berlin',
    'CET',
    'CET-1CEST',
    'CE-1',
    'CET-25',
    'CET-1:60',
    'CET-1CEST,M13.1.0,M10.5.0',
    'CET-1CEST,M3.6.0,M10.5.0',
    'CET-1CEST,M3.5.7,M10.5.0',
    'CET-1CEST,M3.5.0',
    'CET-1CEST,J0,J100',
    'CET-1CEST,M3.5.0/168,M10.5.0',
    'CET-1CEST,M3.5.0,M10.5.0,',
  ])("is not '%s'", (text) => {
    expect(parseZone(text)).toBeUndefined();
  });
});

describe('the moment of a time on the wall', () => {
  const berlin = zone('CET-1CEST,M3.5.0,M10.5.0/3');
  const wall = (text: string) => Date.parse(`${text}Z`) / 1000;
  const utc = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 16);

  it.each([
    ['2026-01-15T07:00', '2026-01-15T06:00'],
    ['2026-07-15T07:00', '2026-07-15T05:00'],
    ['2026-03-29T01:59', '2026-03-29T00:59'],
    ['2026-03-29T02:30', '2026-03-29T01:30'], // skipped: half past three
    ['2026-03-29T03:00', '2026-03-29T01:00'],
    ['2026-10-25T02:30', '2026-10-25T00:30'], // twice: the first
    ['2026-10-25T03:00', '2026-10-25T02:00'],
  ])('%s in Berlin is %s', (text, moment) => {
    expect(utc(momentAt(berlin, wall(text)))).toBe(moment);
  });

  it('shows that time, wherever there is one', () => {
    fc.assert(
      fc.property(fc.integer({ min: YEAR_2026, max: YEAR_2026 + FIVE_YEARS }), (moment) => {
        const shown = moment + aheadOfUtc(berlin, moment);
        const found = momentAt(berlin, shown);
        expect(found + aheadOfUtc(berlin, found)).toBe(shown);
      }),
    );
  });
});

describe('the calendar', () => {
  it('agrees with JavaScript’s own', () => {
    fc.assert(
      fc.property(fc.integer({ min: -800_000, max: 800_000 }), (day) => {
        const date = new Date(day * 86_400_000);
        const fields = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
        expect(dateOf(day)).toEqual(fields);
        expect(dayOf(fields)).toBe(day);
        expect(weekdayOf(day)).toBe(date.getUTCDay());
      }),
      { numRuns: 2000 },
    );
  });

  it('writes days and times', () => {
    expect(dateText(dayOf({ year: 2026, month: 2, day: 9 }))).toBe('2026-02-09');
    expect(timeText(5)).toBe('00:05');
    expect(timeText(1439)).toBe('23:59');
  });
});
