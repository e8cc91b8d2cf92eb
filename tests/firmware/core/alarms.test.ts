import { ALARM_LATE_SECONDS, ALARM_RINGS_MS, MAX_ALARMS } from '../../../firmware/core/alarms';
import { listKeepsOf, readKept } from '../../../firmware/core/kept';
import type { SlotValue } from '../../../firmware/core/ports';
import { patternName } from '../../../firmware/core/ring';
import type { SpeakerSettings } from '../../../firmware/core/state';
import { Mind } from './worlds';

const BERLIN = 'CET-1CEST,M3.5.0,M10.5.0/3';
/** A Tuesday, nine in the evening in Berlin. */
const EVENING = Date.parse('2026-12-01T20:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A speaker in Berlin that has just been told the time. */
function evening(epochMs = EVENING, settings: Partial<SpeakerSettings> = {}): Mind {
  return Mind.awake({ zone: BERLIN, ...settings }).take({ type: 'timeSet', atMs: 0, epochMs });
}

function answerOf(
  mind: Mind,
): { says: string; values: Readonly<Record<string, string | number>> } | undefined {
  return mind.asked('answer').at(-1);
}

/** When alarms rang, as a clock in Berlin shows it, in so many hours of ticks a second. */
function rings(mind: Mind, hours: number, beginEpochMs = EVENING): string[] {
  const times: string[] = [];
  const wall = new Intl.DateTimeFormat('sv', {
    timeZone: 'Europe/Berlin',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const beginMs = mind.state.atMs;
  for (let atMs = beginMs; atMs <= beginMs + hours * HOUR; atMs += 1000) {
    const before = mind.state.alarms;
    mind.wait(atMs);
    const rang = mind.state.alarms.some(
      (alarm) =>
        alarm.ringingSinceMs === atMs && !before.some((old) => old.id === alarm.id && old.ringingSinceMs),
    );
    if (rang) times.push(wall.format(beginEpochMs + atMs));
  }
  return times;
}

const set = (mind: Mind, slots: Readonly<Record<string, SlotValue>>, atMs = mind.state.atMs + 2000) =>
  mind.ask(atMs, 'setAlarm', slots);

describe('an alarm', () => {
  it('rings at its minute, over midnight', () => {
    const mind = set(evening(), { time: '06:30' });
    expect(answerOf(mind)).toMatchObject({
      says: 'alarmSet',
      values: { time: '06:30', date: '2026-12-02', weekday: 'wednesday' },
    });
    expect(rings(mind, 24)).toEqual(['2026-12-02 06:30:00']);
    expect(mind.state).toMatchObject({ alarms: [], phase: 'idle' });
  });

  it.each<[object, string, string | undefined]>([
    [{ time: '~07:00' }, '2026-12-02 07:00', undefined],
    [{ time: '~10:00' }, '2026-12-01 22:00', undefined],
    [{ time: '~09:00' }, '2026-12-02 09:00', undefined],
    [{ time: '21:00' }, '2026-12-02 21:00', undefined],
    [{ time: '21:01' }, '2026-12-01 21:01', undefined],
    [{ time: '~10:00', day: 'today' }, '2026-12-01 22:00', undefined],
    [{ time: '~10:00', day: 'tomorrow' }, '2026-12-02 10:00', undefined],
    [{ time: '~00:30', day: 'tomorrow' }, '2026-12-02 12:30', undefined],
    [{ time: '20:00', day: 'tuesday' }, '2026-12-08 20:00', undefined],
    [{ time: '22:00', day: 'tuesday' }, '2026-12-01 22:00', undefined],
    [{ time: '~08:00', day: 'friday' }, '2026-12-04 08:00', undefined],
    [{ time: '07:00', day: 'weekdays' }, '2026-12-02 07:00', 'weekdays'],
    [{ time: '~08:30', day: 'weekends' }, '2026-12-05 08:30', 'weekends'],
    [{ time: '22:00', day: 'every day' }, '2026-12-01 22:00', 'every day'],
  ])('for %j is on %s', (slots, when, every) => {
    const { values } = answerOf(set(evening(), slots as Readonly<Record<string, SlotValue>>)) ?? {};
    expect([`${values?.date} ${values?.time}`, values?.every]).toEqual([when, every]);
  });

  it('for tomorrow, said after midnight, is for the morning that comes', () => {
    const night = evening(Date.parse('2026-12-02T00:30:00+01:00'));
    expect(answerOf(set(night, { time: '~07:00', day: 'tomorrow' }))?.values.date).toBe('2026-12-02');
    expect(answerOf(set(night, { time: '00:10', day: 'tomorrow' }))?.values.date).toBe('2026-12-03');
  });

  it.each<[object, string]>([
    [{ time: '20:00', day: 'today' }, 'timePast'],
    [{ time: '06:30', day: 'someday' }, 'timePast'],
    [{ time: '25:00' }, 'timePast'],
    [{}, 'notUnderstood'],
  ])('is refused for %j: %s', (slots, why) => {
    const mind = set(evening(), slots as Readonly<Record<string, SlotValue>>);
    expect(answerOf(mind)?.says).toBe(why);
    expect(mind.state).toMatchObject({ alarms: [], phase: 'error' });
  });

  it('is refused as long as the time is not known', () => {
    const mind = set(Mind.awake(), { time: '06:30' });
    expect(answerOf(mind)?.says).toBe('timeUnknown');
    expect(mind.state.alarms).toEqual([]);
  });

  it('on weekdays rests on Saturday and Sunday', () => {
    const mind = set(evening(), { time: '07:00', day: 'weekdays' });
    expect(rings(mind, 7 * 24)).toEqual([
      '2026-12-02 07:00:00',
      '2026-12-03 07:00:00',
      '2026-12-04 07:00:00',
      '2026-12-07 07:00:00',
      '2026-12-08 07:00:00',
    ]);
  });

  it.each([
    [
      'forward',
      '2026-03-28T22:00:00+01:00',
      ['2026-03-29 02:00:00', '2026-03-29 07:00:00', '2026-03-30 07:00:00'],
    ],
    [
      'back',
      '2026-10-24T22:00:00+02:00',
      ['2026-10-25 01:00:00', '2026-10-25 07:00:00', '2026-10-26 07:00:00'],
    ],
  ])('rings at its minute when the clock is put %s', (direction, begin, expected) => {
    const beginMs = Date.parse(begin);
    const mind = set(evening(beginMs), { time: '07:00', day: 'every day' });
    set(mind, { time: direction === 'forward' ? '02:00' : '01:00' });
    // half past two does not exist on that day in March, and neither does two: it is three then
    const rang = rings(mind, 36, beginMs).map((time) => time.replace('03-29 03:00', '03-29 02:00'));
    expect(rang).toEqual(expected);
  });

  it('that comes twice when the clock is put back rings once', () => {
    const beginMs = Date.parse('2026-10-24T22:00:00+02:00');
    expect(rings(set(evening(beginMs), { time: '02:30' }), 20, beginMs)).toEqual(['2026-10-25 02:30:00']);
  });

  it('gives up after a while', () => {
    const mind = set(evening(), { time: '21:01' });
    mind.wait(MINUTE).wait(MINUTE + ALARM_RINGS_MS);
    expect(mind.state).toMatchObject({ alarms: [], phase: 'idle' });
  });

  it('begins softly and rises, whatever the volume is', () => {
    const mind = set(evening(EVENING, { volumePercent: 0 }), { time: '21:01' });
    for (let atMs = MINUTE; atMs < 3 * MINUTE; atMs += 500) mind.wait(atMs);
    const volumes = mind
      .asked('playCue')
      .filter(({ cue }) => cue === 'alarm')
      .map(({ volumePercent }) => volumePercent);
    expect(volumes[0]).toBe(15);
    expect(volumes.at(-1)).toBe(60);
    expect(volumes).toEqual([...volumes].sort((a, b) => a - b));
  });

  it('shows on the ring', () => {
    expect(patternName(set(evening(), { time: '21:01' }).wait(3000).wait(MINUTE).state)).toBe('alarmRinging');
  });

  it('is set once, however often it is asked for', () => {
    const mind = set(set(evening(), { time: '06:30' }), { time: '06:30', day: 'tomorrow' });
    expect(mind.state.alarms).toHaveLength(1);
    expect(answerOf(mind)?.says).toBe('alarmSet');
  });

  it('is refused when there are too many', () => {
    const mind = evening();
    for (let i = 0; i <= MAX_ALARMS; i += 1) set(mind, { time: `06:${10 + i}` });
    expect(mind.state.alarms).toHaveLength(MAX_ALARMS);
    expect(answerOf(mind)?.says).toBe('tooManyAlarms');
  });
});

describe('an alarm that rings', () => {
  const ringing = (slots: Readonly<Record<string, SlotValue>> = { time: '21:01' }) =>
    set(evening(), slots).wait(4000).wait(MINUTE);

  it.each<[string, (mind: Mind) => Mind]>([
    ['a word', (mind) => mind.ask(MINUTE + 1000, 'stop')],
    ['words that cancel', (mind) => mind.ask(MINUTE + 1000, 'cancelAlarm')],
    ['the mute switch', (mind) => mind.mute(MINUTE + 1000)],
    ['the button', (mind) => mind.take({ type: 'buttonPressed', atMs: MINUTE + 1000 })],
  ])('is stopped by %s', (_what, stop) => {
    expect(ringing().state.phase).toBe('ringing');
    const mind = ringing();
    const cues = () => mind.asked('playCue').filter(({ cue }) => cue === 'alarm').length;
    const before = cues();
    expect(stop(mind).wait(MINUTE + 9000).state).toMatchObject({ phase: 'idle', alarms: [] });
    expect(cues()).toBe(before);
    const daily = stop(ringing({ time: '21:01', day: 'every day' }));
    expect(daily.state.alarms).toMatchObject([{ ringingSinceMs: undefined }]);
    expect(rings(daily, 24)).toEqual(['2026-12-02 21:01:00']);
  });

  it('rings again after it was put off', () => {
    const mind = ringing().ask(MINUTE + 1000, 'snooze');
    expect(answerOf(mind)).toMatchObject({ says: 'alarmSnoozed', values: { time: '21:10' } });
    expect(rings(mind, 1)).toEqual(['2026-12-01 21:10:02']);
  });

  it('is put off for as long as somebody says', () => {
    const mind = ringing({ time: '21:01', day: 'every day' }).ask(MINUTE + 1000, 'snooze', { duration: 120 });
    mind.ask(MINUTE + 20_000, 'alarmTime');
    expect(answerOf(mind)).toMatchObject({ says: 'alarmNext', values: { time: '21:03', snoozed: 1 } });
    mind.wait(3 * MINUTE + 3000).ask(3 * MINUTE + 5000, 'stop');
    expect(rings(mind, 24)).toEqual(['2026-12-02 21:01:00']);
  });
});

describe('mute', () => {
  it('never silences an alarm that is due later', () => {
    const mind = set(evening(), { time: '06:30' }).mute(HOUR);
    expect(rings(mind, 12)).toEqual(['2026-12-02 06:30:00']);
    expect(mind.state.muted).toBe(true);
  });
});

describe('cancelling', () => {
  const three = () =>
    set(set(set(evening(), { time: '06:30' }), { time: '07:00', day: 'weekdays' }), {
      time: '08:00',
      day: 'saturday',
    });
  const minutes = (mind: Mind) => mind.state.alarms.map(({ minute }) => minute / 60);

  it.each<[object, number[], string]>([
    [{}, [7, 8], 'alarmsCancelled'],
    [{ which: 'all' }, [], 'alarmsCancelled'],
    [{ time: '07:00' }, [6.5, 8], 'alarmsCancelled'],
    [{ time: '~08:00' }, [6.5, 7], 'alarmsCancelled'],
    [{ time: '08:00', day: 'saturday' }, [6.5, 7], 'alarmsCancelled'],
    [{ time: '07:00', day: 'tomorrow' }, [6.5, 8], 'alarmsCancelled'],
    [{ time: '07:00', day: 'saturday' }, [6.5, 7, 8], 'noSuchAlarm'],
    [{ time: '09:00' }, [6.5, 7, 8], 'noSuchAlarm'],
  ])('%j leaves %j', (slots, left, says) => {
    const mind = three().ask(60_000, 'cancelAlarm', slots as Readonly<Record<string, SlotValue>>);
    expect([minutes(mind), answerOf(mind)?.says]).toEqual([left, says]);
  });

  it.each<[object, string]>([
    [{}, '06:30'],
    [{ day: 'tomorrow' }, '06:30'],
    [{ day: 'weekdays' }, '07:00'],
    [{ day: 'saturday' }, '08:00'],
  ])('the next alarm for %j is at %s', (slots, time) => {
    const mind = three().ask(60_000, 'alarmTime', slots as Readonly<Record<string, SlotValue>>);
    expect(answerOf(mind)).toMatchObject({ says: 'alarmNext', values: { time } });
  });

  it('there is no alarm on a day without one', () => {
    expect(answerOf(three().ask(60_000, 'alarmTime', { day: 'sunday' }))?.says).toBe('noSuchAlarm');
  });
});

/** What a life leaves in the store, and a speaker that starts from it. */
class Store {
  readonly texts = new Map<string, string>();

  live(mind: Mind, life: (mind: Mind) => unknown): this {
    const before = mind.state;
    life(mind);
    for (const { key, text } of listKeepsOf(before, mind.state)) this.texts.set(key, text);
    return this;
  }
}

describe('over a power cut', () => {
  const restarted = (store: Store) => {
    const { lists, spoilt } = readKept((key) => store.texts.get(key));
    expect(spoilt).toEqual([]);
    return Mind.awake({ zone: BERLIN, lists });
  };
  const told = (mind: Mind, epochMs: number, atMs = 5000) => mind.take({ type: 'timeSet', atMs, epochMs });

  it('alarms are kept, and ring once the time is known again', () => {
    const store = new Store().live(evening(), (mind) => {
      set(mind, { time: '06:30' });
      set(mind, { time: '07:00', day: 'weekdays' });
    });
    const mind = restarted(store);
    expect(patternName(mind.state)).toBe('timeUnknown');
    mind.ask(1000, 'alarmTime');
    expect(answerOf(mind)?.says).toBe('timeUnknown');
    told(mind, EVENING + 8 * HOUR);
    expect(patternName(mind.wait(9000).state)).toBe('off');
    expect(rings(mind, 4, EVENING + 8 * HOUR - 5000)).toEqual(['2026-12-02 06:30:00', '2026-12-02 07:00:00']);
  });

  it('an alarm rings late rather than not at all, and is told as missed after an hour', () => {
    const store = new Store().live(evening(), (mind) => set(mind, { time: '06:30' }));
    const due = Date.parse('2026-12-02T06:30:00+01:00');
    expect(told(restarted(store), due + 30 * MINUTE).wait(6000).state.phase).toBe('ringing');
    const late = told(restarted(store), due + ALARM_LATE_SECONDS * 1000 + 1000);
    expect(answerOf(late)).toMatchObject({
      says: 'alarmMissed',
      values: { time: '06:30', date: '2026-12-02' },
    });
    expect(late.wait(6000).state).toMatchObject({ phase: 'idle', alarms: [] });
  });

  it('an alarm that was put off is still put off', () => {
    const store = new Store().live(evening(), (mind) => {
      set(mind, { time: '21:01', day: 'every day' })
        .wait(4000)
        .wait(MINUTE)
        .ask(MINUTE + 1000, 'snooze');
    });
    const mind = told(restarted(store), EVENING + 2 * MINUTE);
    expect(rings(mind, 1, EVENING + 2 * MINUTE - 5000)).toEqual(['2026-12-01 21:10:02']);
  });

  it('a timer runs on while the power is away', () => {
    const store = new Store().live(evening(), (mind) =>
      mind.ask(1000, 'setTimer', { duration: 600, name: 'tea' }),
    );
    const mind = restarted(store);
    mind.ask(1000, 'timerLeft');
    expect(answerOf(mind)?.says).toBe('timeUnknown');
    told(mind, EVENING + 8 * MINUTE, 6000).ask(7000, 'timerLeft');
    expect(answerOf(mind)).toMatchObject({ values: { leftSeconds: 120, durationSeconds: 600, name: 'tea' } });
  });

  it('a timer that ended meanwhile rings if that was just now', () => {
    const store = new Store().live(evening(), (mind) => mind.ask(1000, 'setTimer', { duration: 600 }));
    expect(told(restarted(store), EVENING + 12 * MINUTE).wait(6000).state.phase).toBe('ringing');
    expect(told(restarted(store), EVENING + HOUR).wait(6000).state).toMatchObject({
      phase: 'idle',
      timers: [],
    });
  });

  it('a timer of a speaker that never knew the time goes on with what was left', () => {
    const life = (mind: Mind) => mind.ask(1000, 'setTimer', { duration: 600 });
    const mind = restarted(new Store().live(Mind.awake(), life)).ask(4000, 'timerLeft');
    expect(answerOf(mind)).toMatchObject({ values: { leftSeconds: 595 } });
  });

  it('a paused timer is still paused', () => {
    const store = new Store().live(evening(), (mind) =>
      mind.ask(1000, 'setTimer', { duration: 600 }).ask(9000, 'pauseTimer'),
    );
    const mind = told(restarted(store), EVENING + HOUR).ask(9000, 'timerLeft');
    expect(answerOf(mind)).toMatchObject({ values: { leftSeconds: 592, paused: 1 } });
  });

  it('a snooze, a pause or an alarm is one write', () => {
    const mind = set(evening(), { time: '21:01' }).wait(4000).wait(MINUTE);
    mind.effects.length = 0;
    mind.ask(MINUTE + 1000, 'snooze');
    expect(mind.asked('keep').map(({ key }) => key)).toEqual(['alarms']);
    mind.effects.length = 0;
    mind.ask(MINUTE + 9000, 'setTimer', { duration: 60 });
    expect(mind.asked('keep').map(({ key }) => key)).toEqual(['timers']);
  });
});

describe('a clock that is put right', () => {
  it('lets no alarm ring twice', () => {
    const mind = set(evening(), { time: '21:01', day: 'every day' }).wait(4000).wait(MINUTE);
    mind.ask(MINUTE + 1000, 'stop').take({ type: 'timeSet', atMs: MINUTE + 5000, epochMs: EVENING + 59_000 });
    expect(rings(mind, 20)).toEqual([]);
  });

  it('forgets days that a wrong one was ahead', () => {
    const mind = set(evening(EVENING + 400 * 24 * HOUR), { time: '06:30', day: 'every day' });
    mind.take({ type: 'timeSet', atMs: 10_000, epochMs: EVENING + 10_000 });
    expect(rings(mind, 12)).toEqual(['2026-12-02 06:30:00']);
  });

  it('moves alarms with the zone', () => {
    const mind = set(evening(EVENING, { zone: 'UTC0' }), { time: '06:30' });
    mind.take({ type: 'settingsChanged', atMs: 9000, changes: { zone: BERLIN } });
    expect(rings(mind, 12)).toEqual(['2026-12-02 06:30:00']);
  });
});

describe('the time', () => {
  it('is told as it is there', () => {
    expect(answerOf(evening().ask(1000, 'whatTime'))).toMatchObject({
      says: 'time',
      values: { time: '21:00' },
    });
    expect(answerOf(evening().ask(1000, 'whatDate'))).toMatchObject({
      says: 'date',
      values: { date: '2026-12-01', weekday: 'tuesday' },
    });
  });

  it('is not made up where it is not known', () => {
    for (const intent of ['whatTime', 'whatDate']) {
      const mind = Mind.awake().ask(1000, intent);
      expect([answerOf(mind)?.says, mind.state.phase]).toEqual(['timeUnknown', 'error']);
    }
  });
});
