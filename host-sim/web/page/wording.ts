import { isEventType, shapeOf } from '../../events/events';
import type { EventLine } from '../../tools/replay/expect/expectations';
import { describePhase, describeRow } from '../../tools/replay/timeline/wording';

export type Kind = 'wake' | 'command' | 'doubt' | 'mute' | 'plain' | 'detail';

const KINDS: Readonly<Record<string, Kind>> = {
  wakeWordHeard: 'wake',
  nearMiss: 'plain',
  commandHeard: 'command',
  commandDoubted: 'doubt',
  speechEnded: 'doubt',
  muteChanged: 'mute',
  timerRang: 'doubt',
  alarmRang: 'doubt',
  buttonPressed: 'wake',
  perform: 'command',
  faultOccurred: 'mute',
};

/** How much an event matters to whoever looks, and as what. */
export function kindOf({ type }: EventLine): Kind {
  return KINDS[type] ?? 'detail';
}

/** In a line, as the terminal says it. */
export function lineOf(event: EventLine): { readonly what: string; readonly text: string } {
  const row = describeRow(event) ?? describePhase(event);
  if (row) return { what: row.what, text: [row.text, row.action].filter(Boolean).join(' ') };
  return { what: spaced(event.type), text: fieldsIn(event) };
}

function fieldsIn({ atMs: _atMs, type: _type, file: _file, ...fields }: EventLine): string {
  return Object.entries(fields)
    .map(([name, value]) => `${spaced(name)} ${valueText(value)}`)
    .join(', ');
}

export interface FieldInWords {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
}

/** What each field of an event says, by the table that the documentation is made from. */
export function fieldsInWords(event: EventLine): {
  readonly meaning: string;
  readonly fields: readonly FieldInWords[];
} {
  if (!isEventType(event.type)) return { meaning: '', fields: [] };
  const { meaning, fields } = shapeOf(event.type);
  const told = Object.entries(fields).flatMap(([name, field]) => {
    const value = event[name];
    if (value === undefined) return [];
    const unit = field.unit === undefined ? '' : ` ${field.unit}`;
    return [{ name: spaced(name), value: `${valueText(value)}${unit}`, meaning: field.meaning }];
  });
  return { meaning, fields: told };
}

/** `wakeWordHeard` is `wake word heard`. */
export function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}

export function valueText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(Math.round(value * 1000) / 1000);
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(valueText).join(' ');
  return Object.entries(value as object)
    .map(([name, inner]) => `${name} ${valueText(inner)}`)
    .join(', ');
}

export function timeText(atMs: number): string {
  const minutes = Math.floor(atMs / 60_000);
  return `${minutes}:${((atMs % 60_000) / 1000).toFixed(2).padStart(5, '0')}`;
}

/** The words among the marks of a grammar. */
export function wordsOf({ tokens }: EventLine): readonly string[] {
  return ((tokens ?? []) as readonly string[]).filter((token) => /^[\p{L}\p{N}']/u.test(token));
}
