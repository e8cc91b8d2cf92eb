import { readFileSync } from 'node:fs';
import type { Answer, Says } from '../../../firmware/core/answers';
import { numberClips } from '../../../firmware/core/speech/numbers';
import { speechOf, textOf } from '../../../firmware/core/speech/speech';
import { durationClips, timeClips } from '../../../firmware/core/speech/times';
import { isClip, VOCABULARY } from '../../../firmware/core/speech/vocabulary';

const said = (says: Says, values: Answer['values'] = {}): string => textOf(speechOf({ says, values }));

describe('an answer is put into words', () => {
  it.each<[string, Says, Answer['values']]>([
    ['timer set for ten minutes.', 'timerSet', { durationSeconds: 600, leftSeconds: 600 }],
    [
      'pasta timer set for one minute and thirty seconds.',
      'timerSet',
      { durationSeconds: 90, name: 'pasta' },
    ],
    ['one minute and one second left.', 'timerLeft', { leftSeconds: 61 }],
    [
      'two hours and five minutes left on the egg timer. it is paused.',
      'timerLeft',
      { leftSeconds: 7_441, name: 'egg', paused: 1 },
    ],
    ['timer paused with ten seconds left.', 'timerPaused', { leftSeconds: 10, paused: 1 }],
    ['tea timer goes on with ten seconds left.', 'timerResumed', { leftSeconds: 10, name: 'tea' }],
    ['timer now has one day left.', 'timerChanged', { leftSeconds: 86_400 }],
    ['there is no timer.', 'timersCancelled', { count: 0 }],
    ['nap timer cancelled.', 'timersCancelled', { count: 1, name: 'nap' }],
    ['three timers cancelled.', 'timersCancelled', { count: 3 }],
    [
      'alarm set for six thirty AM on wednesday.',
      'alarmSet',
      { time: '06:30', date: '2026-12-02', weekday: 'wednesday' },
    ],
    [
      'alarm set for seven PM on weekdays.',
      'alarmSet',
      { time: '19:00', date: '2026-12-02', weekday: 'wednesday', every: 'weekdays' },
    ],
    [
      'your next alarm is at noon every day.',
      'alarmNext',
      { time: '12:00', date: '2026-12-02', weekday: 'wednesday', every: 'every day' },
    ],
    [
      'the alarm is snoozed until six oh nine AM on friday.',
      'alarmNext',
      { time: '06:09', date: '2026-12-04', weekday: 'friday', snoozed: 1 },
    ],
    ['the alarm is snoozed until midnight.', 'alarmSnoozed', { time: '00:00' }],
    ['alarm cancelled.', 'alarmsCancelled', { count: 1 }],
    ['two alarms cancelled.', 'alarmsCancelled', { count: 2 }],
    [
      'i missed an alarm at six thirty AM december first.',
      'alarmMissed',
      { time: '06:30', date: '2026-12-01' },
    ],
    ['it is twelve twenty five AM.', 'time', { time: '00:25' }],
    ['today is tuesday december thirty first.', 'date', { date: '2026-12-31', weekday: 'tuesday' }],
    ['volume one hundred percent.', 'volume', { percent: 100 }],
    ['i remember one command.', 'heard', { words: 'play', count: 1 }],
    ['everything from today is forgotten.', 'forgotten', { what: 'today' }],
    ['did you mean unlock the door', 'didYouMean', { words: '', intent: 'unlock' }],
    [
      'did you mean an alarm for six on monday.',
      'didYouMean',
      { words: '', intent: 'setAlarm', time: '~06:00', day: 'monday' },
    ],
    [
      'did you mean set the temperature to twenty one point five degrees.',
      'didYouMean',
      { words: '', intent: 'setTemperature', degrees: 21.5 },
    ],
    [
      'did you mean open the blinds in the kitchen',
      'didYouMean',
      { words: '', intent: 'open', cover: 'blinds', room: 'kitchen' },
    ],
    ['did i get that right?', 'didYouMean', { words: '', intent: 'open', cover: 'cat flap' }],
    ['the light in the kitchen is on.', 'homeState', { state: 'on', device: 'light', room: 'kitchen' }],
    ['the blinds are closed.', 'homeState', { state: 'closed', cover: 'blinds' }],
    ['the heating is at forty percent.', 'homeState', { state: 40, device: 'heating' }],
    ['it is off.', 'homeState', { state: 'off' }],
    ['your home has answered.', 'homeState', { state: 'melting' }],
    ["sorry, i didn't understand that.", 'notUnderstood', {}],
  ])('%s', (text, says, values) => expect(said(says, values)).toBe(text)); // prettier-ignore
});

it('leaves out a name that it has no clip for', () => {
  expect(said('timerSet', { durationSeconds: 60, name: 'soufflé' })).toBe('timer set for one minute.');
  expect(said('timerLeft', { leftSeconds: 60, name: 'soufflé' })).toBe('one minute left.');
});

describe('numbers', () => {
  it.each([
    [0, 'zero'],
    [-7, 'minus seven'],
    [40, 'forty'],
    [305, 'three hundred five'],
    [999, 'nine hundred ninety nine'],
    [-0.04, 'zero'],
    [19.96, 'twenty'],
  ])('%d', (value, text) => expect(textOf(numberClips(value) ?? [])).toBe(text));

  it('end at 999', () => {
    expect(numberClips(1000)).toBeUndefined();
    expect(numberClips(Number.NaN)).toBeUndefined();
  });
});

it('says every time of the day, every length of a timer and every day of a year in clips that there are', () => {
  const clips = new Set<string>();
  const day = (index: number) => new Date(Date.UTC(2028, 0, 1 + index)).toISOString().slice(0, 10);
  for (let minute = 0; minute < 1440; minute += 1) {
    const time = new Date(minute * 60_000).toISOString().slice(11, 16);
    for (const place of ['last', 'within'] as const)
      for (const clip of timeClips(time, place) ?? ['–']) clips.add(clip);
  }
  for (let seconds = 1; seconds <= 604_800; seconds += 61)
    for (const clip of durationClips(seconds, 'last')) clips.add(clip);
  for (let index = 0; index < 366; index += 1)
    for (const clip of speechOf({ says: 'date', values: { date: day(index), weekday: 'friday' } }))
      clips.add(clip);
  expect([...clips].filter((clip) => !isClip(clip))).toEqual([]);
});

it('has no clip twice', () => expect(new Set(VOCABULARY).size).toBe(VOCABULARY.length));

describe('names of the home grammar', () => {
  const rooms = readFileSync('models/home/rooms.grammar', 'utf8');
  const named = (list: string): string[] => {
    const [, body = ''] = new RegExp(`list ${list} = ([^]*?)(?:\\n\\n|$)`).exec(rooms) ?? [];
    return body
      .split(/\|(?![^(]*\))/)
      .map((each) => (each.split('=>')[1] ?? each).replace(/#.*/g, '').trim());
  };

  it.each(['plug', 'cover'])('each %s is said by its name', (list) => {
    const key = list === 'plug' ? 'device' : list;
    for (const name of named(list))
      expect(said('homeState', { state: 'on', [key]: name })).not.toMatch(/^it/);
  });

  it('and each room', () => {
    for (const room of named('room'))
      expect(said('homeState', { state: 'on', device: 'light', room })).toContain(room);
  });
});
