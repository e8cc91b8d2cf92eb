import type { Answer } from '../answers';
import { frozen } from '../frozen';
import { thingClips } from './home';
import { numberClips } from './numbers';
import { durationClips, timeClips } from './times';
import { type Clip, isClip } from './vocabulary';

type Values = Answer['values'];

/** What an intent means, at the end of a question; undefined where words are missing. Of intents that are asked about:
 * those of which the grammar wants to be sure. */
const MEANINGS: Readonly<Record<string, (values: Values) => readonly Clip[] | undefined>> = frozen({
  setTimer: ({ duration }) =>
    typeof duration === 'number' ? ['a timer for', ...durationClips(duration, 'last')] : undefined,
  setAlarm: alarmMeaning,
  cancelAlarm: ({ which }) => [which === 'all' ? 'cancel all alarms.' : 'cancel the alarm.'],
  forgetToday: () => ['forget what you said today.'],
  forgetEverything: () => ['forget everything.'],
  warmer: () => ['make it warmer.'],
  cooler: () => ['make it cooler.'],
  setTemperature: ({ degrees }) => {
    const number = typeof degrees === 'number' ? numberClips(degrees) : undefined;
    return number && ['set the temperature to', ...number, degrees === 1 ? 'degree.' : 'degrees.'];
  },
  lock: () => ['lock', 'the door'],
  unlock: () => ['unlock', 'the door'],
  open: (values) => toThing('open', values),
  close: (values) => toThing('close', values),
});

export function meaningClips({ intent, ...values }: Values): readonly Clip[] | undefined {
  return typeof intent === 'string' && Object.hasOwn(MEANINGS, intent)
    ? MEANINGS[intent]?.(values)
    : undefined;
}

function toThing(verb: Clip, values: Values): readonly Clip[] | undefined {
  const thing = thingClips(values);
  return thing && [verb, ...thing.clips];
}

function alarmMeaning({ time, day }: Values): readonly Clip[] | undefined {
  const ending = [`on ${day}.`, `${day}.`].find(isClip);
  const clips = timeClips(String(time), ending ? 'within' : 'last');
  return clips && ['an alarm for', ...clips, ...(ending ? [ending] : [])];
}
