import type { Style } from '../../../cli/terminal';
import type { EventLine } from '../expect/expectations';

/** What one event contributes to the timeline. */
export interface Wording {
  readonly what: string;
  readonly text?: string;
  readonly confidence?: number;
  readonly action?: string;
  readonly style: Style;
}

type Describe = (event: EventLine) => Wording | undefined;

/** Events that get a row of their own. */
const ROWS: Readonly<Record<string, Describe>> = {
  booted: () => ({ what: 'ready', style: 'faint' }),
  wakeWordHeard: (event) => ({
    what: 'wake word',
    text: text(event.word),
    confidence: number(event.confidence),
    style: 'blue',
  }),
  nearMiss: (event) => ({
    what: 'near miss',
    text: `${event.reason === 'vetoed' ? 'no' : 'hardly a'} “${text(event.word)}”, ${text(event.levelDb)} dB`,
    confidence: number(event.confidence),
    style: 'faint',
  }),
  commandHeard: describeCommand,
  commandDoubted: (event) => ({ ...describeCommand(event), what: 'did you mean', style: 'amber' }),
  speechEnded: (event) =>
    event.reason === 'silence'
      ? { what: 'silence', text: 'nobody said more', style: 'faint' }
      : { what: 'speech', text: 'not understood', style: 'amber' },
  muteChanged: (event) =>
    event.muted === true
      ? { what: 'mute on', text: 'the ear is closed and emptied', style: 'red' }
      : { what: 'mute off', text: 'the ear begins anew', style: 'red' },
  actionDone: describeEnd,
  // what the speaker says of itself stands there already
  messageSent: (event) =>
    text(event.topic).startsWith('earshot/')
      ? undefined
      : { what: 'message', text: `${text(event.topic)} ${text(event.text)}`, style: 'blue' },
  homeChanged: (event) =>
    event.connected === true
      ? { what: 'home', text: ['connected', text(event.why)].filter(Boolean).join(', but '), style: 'faint' }
      : { what: 'home', text: `no connection: ${text(event.why)}`, style: 'red' },
  say: (event) => ({ what: 'says', text: `“${text(event.text)}”`, style: 'green' }),
  timerRang: (event) => ({ what: 'timer', text: `${timerName(event)} rings`, style: 'amber' }),
  audioOverran: (event) => ({
    what: 'overrun',
    text: `${text(event.lostSamples)} samples lost`,
    style: 'red',
  }),
  eventsLost: (event) => ({ what: 'overrun', text: `${text(event.count)} events lost`, style: 'red' }),
  faultOccurred: (event) => ({ what: 'fault', text: text(event.what), style: 'red' }),
};

/** Events that are said in the last column of the row they follow from, when they come at the same time. */
const CONSEQUENCES: Readonly<Record<string, (event: EventLine) => string | undefined>> = {
  playCue: (event) => `♪\u00a0${spaced(text(event.cue))}`,
  volumeChanged: (event) => `now\u00a0${text(event.percent)}\u00a0%`,
  timerEnded: (event) => `${timerName(event)} ended`,
  timerCancelled: (event) => `${timerName(event)} cancelled`,
  phaseChanged: (event) => (event.to === 'listening' ? 'listening' : undefined),
};

/** Phases that are worth a row when the speaker comes to them by itself. */
const PHASES: Readonly<Record<string, Wording>> = {
  idle: { what: 'idle', style: 'faint' },
  error: { what: 'error', style: 'red' },
};

export function describeRow(event: EventLine): Wording | undefined {
  return ROWS[event.type]?.(event);
}

export function describeConsequence(event: EventLine): string | undefined {
  return CONSEQUENCES[event.type]?.(event);
}

export function describePhase(event: EventLine): Wording | undefined {
  return event.type === 'phaseChanged' ? PHASES[text(event.to)] : undefined;
}

/** How the home did it, with how things are there, or why not. */
function describeEnd(event: EventLine): Wording {
  const { says, values = {} } = (event.answer ?? {}) as { says?: string; values?: Record<string, unknown> };
  if (event.ok !== true)
    return {
      what: 'home',
      text: says === undefined ? 'it failed' : `it failed: ${spaced(says)}`,
      style: 'red',
    };
  const { state, ...things } = values;
  const told = state === undefined ? 'done' : [...Object.values(things).map(text), text(state)].join(', ');
  return { what: 'home', text: told, style: 'green' };
}

/** The recogniser's words, and the intent with the values of its slots. */
function describeCommand(event: EventLine): Wording {
  const { words, intent, slots, confidence } = event as Readonly<Record<string, unknown>>;
  const values = Object.entries((slots ?? {}) as Record<string, unknown>).map(([name, value]) =>
    describeSlot(name, value),
  );
  const action = ['→', spaced(text(intent)), values.join(', ')].join(' ').trimEnd();
  return {
    what: 'command',
    text: `“${text(words)}”`,
    confidence: number(confidence),
    action,
    style: 'green',
  };
}

function describeSlot(name: string, value: unknown): string {
  if (typeof value !== 'number') return text(value);
  if (name === 'duration') return describeDuration(value);
  return name === 'level' ? `${value} %` : `${name} ${value}`;
}

/** `5400` is `1 h 30 min`. */
export function describeDuration(seconds: number): string {
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [Math.round((seconds % 60) * 10) / 10, 's'],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return said.join(' ') || '0 s';
}

/** `65230` is `1:05`. */
export function describeMinutes(atMs: number): string {
  return describeTime(atMs).slice(0, -3);
}

/** `65230` is `1:05.23`. */
export function describeTime(atMs: number): string {
  const minutes = Math.floor(atMs / 60_000);
  const hundredths = Math.floor((atMs % 60_000) / 10);
  const seconds = String(Math.floor(hundredths / 100)).padStart(2, '0');
  return `${minutes}:${seconds}.${String(hundredths % 100).padStart(2, '0')}`;
}

function timerName(event: EventLine): string {
  return event.name === undefined ? `timer ${text(event.timer)}` : `${text(event.name)} timer`;
}

/** `notUnderstood` is `not understood`. */
function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}

function text(value: unknown): string {
  return String(value ?? '');
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
