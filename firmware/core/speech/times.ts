import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from '../calendar';
import { frozen } from '../frozen';
import { ordinalClips, wholeClips } from './numbers';
import { type Clip, isClip } from './vocabulary';
import { MONTHS } from './words';

/** Whether a sentence ends with what is said, or goes on. */
export type Place = 'last' | 'within';

const UNITS = frozen([
  { seconds: DAY_SECONDS, one: 'day', several: 'days' },
  { seconds: HOUR_SECONDS, one: 'hour', several: 'hours' },
  { seconds: MINUTE_SECONDS, one: 'minute', several: 'minutes' },
  { seconds: 1, one: 'second', several: 'seconds' },
] as const);

/** "one hour ten minutes and five seconds"; whole seconds, below a thousand days. */
export function durationClips(seconds: number, place: Place): readonly Clip[] {
  const parts: (readonly Clip[])[] = [];
  let left = Math.max(0, Math.round(seconds));
  for (const unit of UNITS) {
    const count = Math.floor(left / unit.seconds);
    left -= count * unit.seconds;
    if (count > 0 || (unit.seconds === 1 && parts.length === 0))
      parts.push([...wholeClips(count), count === 1 ? unit.one : unit.several]);
  }
  const clips = parts.flatMap((part, index): readonly Clip[] =>
    index > 0 && index === parts.length - 1 ? ['and', ...part] : part,
  );
  return placed(clips, place);
}

/** A length of which nobody wants to hear seconds beside hours: rounded up to minutes from an hour on. */
export function leftClips(seconds: number, place: Place): readonly Clip[] {
  const isLong = seconds >= HOUR_SECONDS;
  return durationClips(isLong ? Math.ceil(seconds / MINUTE_SECONDS) * MINUTE_SECONDS : seconds, place);
}

/** `06:30`, or `~06:30` where nobody has said which half of the day, as a clock of twelve hours has it; undefined for what is
 * no time. */
export function timeClips(text: string, place: Place): readonly Clip[] | undefined {
  const [, either, hours, minutes] = /^(~?)(\d\d):(\d\d)$/.exec(text) ?? [];
  const [hour, minute] = [Number(hours), Number(minutes)];
  if (!(hour < 24 && minute < 60)) return undefined;
  if (either) return onClock(hour, minute);
  if (hour % 12 === 0 && minute === 0) return placed([hour === 0 ? 'midnight' : 'noon'], place);
  return placed([...onClock(hour, minute), hour < 12 ? 'AM' : 'PM'], place);
}

function onClock(hour: number, minute: number): readonly Clip[] {
  const clips: Clip[] = [...wholeClips(hour % 12 === 0 ? 12 : hour % 12)];
  if (minute > 0 && minute < 10) clips.push('oh');
  return minute > 0 ? [...clips, ...wholeClips(minute)] : clips;
}

/** `2026-12-01` as "december first", at the end of a sentence; undefined for what is no date. */
export function dateClips(text: string): readonly Clip[] | undefined {
  const [, month, day] = /^\d{4}-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name && Number(day) >= 1 && Number(day) <= 31 ? [name, ...ordinalClips(Number(day))] : undefined;
}

/** The last clip as one that ends a sentence, where there is such a one. */
export function placed(clips: readonly Clip[], place: Place): readonly Clip[] {
  const last = `${clips[clips.length - 1]}.`;
  return place === 'last' && isClip(last) ? [...clips.slice(0, -1), last] : clips;
}
