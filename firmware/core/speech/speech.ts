import type { Answer, Says } from '../answers';
import { frozen } from '../frozen';
import { thingClips } from './home';
import { meaningClips } from './meanings';
import { numberClips, wholeClips } from './numbers';
import { dateClips, durationClips, leftClips, timeClips } from './times';
import { type Clip, isClip } from './vocabulary';

type Values = Answer['values'];
type Sentence = (values: Values) => readonly Clip[];

/** What is said word for word. */
const PHRASES = frozen({
  nothingHeard: 'i remember nothing that was said.',
  help: 'ask me for timers, alarms, the time, the volume, or something at home.',
  timeUnknown: "i don't know the time yet.",
  noSuchTimer: 'there is no such timer.',
  noSuchAlarm: 'there is no such alarm.',
  nothingToSnooze: 'nothing rings.',
  tooManyTimers: 'i have no room for another timer.',
  tooManyAlarms: 'i have no room for another alarm.',
  timerOutOfRange: 'a timer runs for a week at most.',
  timePast: 'that time is past.',
  notUnderstood: "sorry, i didn't understand that.",
  voicesUnknown: "i can't tell voices apart yet.",
  noHome: "i'm not connected to your home.",
  homeSilent: 'your home does not answer.',
  homeFailed: 'your home could not do that.',
  notMapped: 'nothing is set up for that.',
  stateUnknown: 'your home has not told me yet.',
} as const satisfies Partial<Record<Says, Clip>>);

/** What is put together from an answer's values. */
const SENTENCES: Readonly<Record<Exclude<Says, keyof typeof PHRASES>, Sentence>> = frozen({
  timerSet: (values) => [
    ...nameOf(values),
    'timer set for',
    ...durationClips(numberOf(values.durationSeconds), 'last'),
  ],
  timerLeft: (values) => [
    ...leftClips(numberOf(values.leftSeconds), 'within'),
    ...(nameOf(values).length > 0
      ? (['left on the', ...nameOf(values), 'timer.'] as const)
      : ['left.' as const]),
    ...(values.paused ? (['it is paused.'] as const) : []),
  ],
  timerPaused: (values) => withLeft('timer paused with', values),
  timerResumed: (values) => withLeft('timer goes on with', values),
  timerChanged: (values) => withLeft('timer now has', values),
  timersCancelled: (values) =>
    counted(values, 'there is no timer.', [...nameOf(values), 'timer cancelled.'], 'timers cancelled.'),
  alarmSet: (values) => ['alarm set for', ...momentOf(values)],
  alarmNext: (values) => [
    values.snoozed ? 'the alarm is snoozed until' : 'your next alarm is at',
    ...momentOf(values),
  ],
  alarmSnoozed: ({ time }) => ['the alarm is snoozed until', ...(timeClips(String(time), 'last') ?? [])],
  alarmsCancelled: (values) =>
    counted(values, 'there is no such alarm.', ['alarm cancelled.'], 'alarms cancelled.'),
  alarmMissed: ({ time, date }) => [
    'i missed an alarm at',
    ...(timeClips(String(time), 'within') ?? []),
    ...(dateClips(String(date)) ?? []),
  ],
  time: ({ time }) => ['it is', ...(timeClips(String(time), 'last') ?? [])],
  date: ({ date, weekday }) => ['today is', ...clipOf(String(weekday)), ...(dateClips(String(date)) ?? [])],
  volume: ({ percent }) => ['volume', ...(numberClips(numberOf(percent)) ?? []), 'percent.'],
  heard: ({ count }) => [
    'i remember',
    ...wholeClips(numberOf(count)),
    count === 1 ? 'command.' : 'commands.',
  ],
  forgotten: ({ what }) =>
    what === 'last'
      ? ['forgotten.']
      : [what === 'today' ? 'everything from today is forgotten.' : 'everything is forgotten.'],
  didYouMean: (values) => {
    const meaning = meaningClips(values);
    return meaning ? ['did you mean', ...meaning] : ['did i get that right?'];
  },
  homeState: (values) => stateClips(values) ?? ['your home has answered.'],
});

/** An answer as clips of the vocabulary that are to be said one right after the other. Pure; every answer has some. */
export function speechOf({ says, values }: Answer): readonly Clip[] {
  return says in PHRASES
    ? [PHRASES[says as keyof typeof PHRASES]]
    : SENTENCES[says as keyof typeof SENTENCES](values);
}

/** What is heard, for people to read. */
export function textOf(clips: readonly string[]): string {
  return clips.join(' ');
}

function withLeft(begins: Clip, values: Values): readonly Clip[] {
  return [...nameOf(values), begins, ...leftClips(numberOf(values.leftSeconds), 'within'), 'left.'];
}

function counted({ count }: Values, none: Clip, one: readonly Clip[], several: Clip): readonly Clip[] {
  if (count === 0) return [none];
  return count === 1 ? one : [...(numberClips(numberOf(count)) ?? []), several];
}

/** An alarm's time and its day, or its days. */
function momentOf({ time, weekday, every }: Values): readonly Clip[] {
  const days = every === undefined ? `on ${weekday}.` : every === 'every day' ? 'every day.' : `on ${every}.`;
  return isClip(days)
    ? [...(timeClips(String(time), 'within') ?? []), days]
    : (timeClips(String(time), 'last') ?? []);
}

function stateClips(values: Values): readonly Clip[] | undefined {
  const thing = thingClips(values) ?? { clips: ['it'], areSeveral: false };
  const clips = thing.clips;
  if (typeof values.state === 'number') {
    const percent = numberClips(values.state);
    return percent && [...clips, thing.areSeveral ? 'are at' : 'is at', ...percent, 'percent.'];
  }
  const is = `${thing.areSeveral ? 'are' : 'is'} ${values.state}.`;
  return isClip(is) ? [...clips, is] : undefined;
}

/** Nothing where there is no clip for a name. */
function nameOf({ name }: Values): readonly Clip[] {
  return name === undefined ? [] : clipOf(String(name));
}

function clipOf(text: string): readonly Clip[] {
  return isClip(text) ? [text] : [];
}

function numberOf(value: string | number | undefined): number {
  return typeof value === 'number' ? value : 0;
}
