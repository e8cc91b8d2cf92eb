import type { EventLine } from '../expect/expectations';
import type { CloseTest } from './near-miss';

/** What one recording came to. */
export interface Outcome {
  readonly path: string;
  readonly soundMs: number;
  readonly events: readonly EventLine[];
  /** Where the person stopped it. */
  readonly stoppedMs?: number;
}

/** Whether it ends before it is known what was said last. */
export function endsListening({ events }: Outcome): boolean {
  return events.filter(({ type }) => type === 'phaseChanged').at(-1)?.to === 'listening';
}

/** What there is to say about each outcome, added up. */
export interface Tally {
  readonly soundMs: number;
  readonly mutedMs: number;
  readonly wakeWords: number;
  readonly commands: number;
  readonly actions: number;
  /** Those that came close. */
  readonly nearMisses: number;
  /** How sure the surest of them was, 0–1. */
  readonly surestMiss: number;
}

/** Counts what people ask about first. */
export function tally(outcomes: readonly Outcome[], isClose: CloseTest): Tally {
  const events = outcomes.flatMap((outcome) => outcome.events);
  const misses = events.filter(isClose);
  const count = (type: string): number => events.filter((event) => event.type === type).length;
  return {
    soundMs: sum(outcomes.map(({ soundMs }) => soundMs)),
    mutedMs: sum(outcomes.map(mutedMsOf)),
    wakeWords: count('wakeWordHeard'),
    commands: count('commandHeard'),
    actions: count('perform'),
    nearMisses: misses.length,
    surestMiss: Math.max(0, ...misses.map(({ confidence }) => Number(confidence))),
  };
}

/** One recording in one line. `takenMs` is left out where it says nothing, as with a live microphone. */
export function summarizeOne(outcome: Outcome, isClose: CloseTest, takenMs?: number): string {
  const { wakeWords, commands, actions, mutedMs, nearMisses, surestMiss } = tally([outcome], isClose);
  const counts = [
    counted(wakeWords, 'wake word'),
    counted(commands, 'command'),
    counted(actions, 'home action'),
  ];
  const muted = mutedMs > 0 ? [`muted ${(mutedMs / 1000).toFixed(1)} s`] : [];
  const close = nearMisses > 0 ? [describeMisses(nearMisses, surestMiss)] : [];
  const speed = takenMs === undefined ? [] : [describeSpeed(outcome.soundMs, takenMs)];
  return [...counts, ...close, ...muted, ...speed].join(' · ');
}

function describeMisses(count: number, surest: number): string {
  return `came close ${count === 1 ? 'once' : `${count} times`}, at most ${Math.round(surest * 100)} % sure`;
}

const MOST_NAMED = 12;

/** Many recordings in a few lines: the share with a wake word, and by name those that are the exception to it. */
export function summarizeMany(
  outcomes: readonly Outcome[],
  isClose: CloseTest,
  failed: readonly string[],
  takenMs: number,
): string[] {
  const { soundMs, wakeWords, commands, nearMisses, surestMiss } = tally(outcomes, isClose);
  const heard = outcomes.filter(hasWakeWord);
  const silent = outcomes.filter((outcome) => !hasWakeWord(outcome));
  return [
    `${counted(outcomes.length, 'recording')}, ${(soundMs / 60_000).toFixed(1)} minutes, ${describeSpeed(soundMs, takenMs)}`,
    `wake word in    ${heard.length} of ${outcomes.length} (${share(heard.length, outcomes.length)}), ${wakeWords} in all`,
    `near misses     ${nearMisses > 0 ? describeMisses(nearMisses, surestMiss) : 'none'}`,
    `commands        ${commands}`,
    `unreadable      ${failed.length}`,
    ...namedPaths('unreadable, or not to the end', failed),
    ...(heard.length < silent.length ? named('a wake word in', heard) : named('no wake word in', silent)),
  ];
}

function hasWakeWord({ events }: Outcome): boolean {
  return events.some((event) => event.type === 'wakeWordHeard');
}

function named(title: string, outcomes: readonly Outcome[]): string[] {
  return namedPaths(
    title,
    outcomes.map(({ path }) => path),
  );
}

function namedPaths(title: string, paths: readonly string[]): string[] {
  if (paths.length === 0) return [];
  const more = paths.length - MOST_NAMED;
  const lines = paths.slice(0, MOST_NAMED).map((path) => `    ${path}`);
  return [title, ...lines, ...(more > 0 ? [`    and ${more} more`] : [])];
}

/** `1 command`, `2 commands`. */
function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function describeSpeed(soundMs: number, takenMs: number): string {
  const times = soundMs / Math.max(1, takenMs);
  return `${(takenMs / 1000).toFixed(2)} s taken, ${times < 10 ? times.toFixed(1) : Math.round(times)} × real time`;
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}

/** A mute that is never opened lasts to the end of the recording. */
function mutedMsOf({ events, soundMs }: Outcome): number {
  let mutedMs = 0;
  let sinceMs: number | undefined;
  for (const event of events) {
    if (event.type !== 'muteChanged') continue;
    if (event.muted === true) sinceMs ??= event.atMs;
    else if (sinceMs !== undefined) {
      mutedMs += event.atMs - sinceMs;
      sinceMs = undefined;
    }
  }
  return mutedMs + (sinceMs === undefined ? 0 : Math.max(0, soundMs - sinceMs));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
