import type { State } from './state';

/** What rings begins softly and is as loud as it gets after so long. */
const TIMER_RISES_MS = 20_000;
const ALARM_RISES_MS = 60_000;
const TIMER_BEGINS_PERCENT = 50;
const ALARM_BEGINS_PERCENT = 25;

/** How loud the sound of a state is, in percent. An alarm has a volume of its own: a speaker turned down in the evening
 * wakes in the morning. */
export function cueVolume({ sound, volumePercent, alarmVolumePercent, timers, alarms, atMs }: State): number {
  if (sound?.cue === 'alarm') {
    const sinceMs = Math.min(...alarms.map(({ ringingSinceMs }) => ringingSinceMs ?? atMs));
    return risen(alarmVolumePercent, ALARM_BEGINS_PERCENT, (atMs - sinceMs) / ALARM_RISES_MS);
  }
  if (sound?.cue === 'timer') {
    const sinceMs = Math.min(atMs, ...timers.map(({ endsMs }) => endsMs));
    return risen(volumePercent, TIMER_BEGINS_PERCENT, (atMs - sinceMs) / TIMER_RISES_MS);
  }
  return volumePercent;
}

function risen(percent: number, beginsPercent: number, share: number): number {
  const reached = beginsPercent + (100 - beginsPercent) * Math.min(1, share);
  return Math.round((percent * reached) / 100);
}
