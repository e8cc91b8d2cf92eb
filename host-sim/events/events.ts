/** Every event that a replay can write, with its fields: the one place that says what they mean. The JSON Schema, the page
 * for people and the check of expectations are made from it, and TypeScript holds it to what the firmware logs. */
import type { LogEntry } from '../../firmware/core/log';
import { PATTERNS } from '../../firmware/core/ring-patterns';
import { SETTING_FIELDS, SETTINGS, type Setting, type SettingField } from '../../firmware/core/settings';
import {
  count,
  type Field,
  facts,
  field,
  flag,
  maybe,
  type NeededField,
  number,
  type OptionalField,
  oneOf,
  recording,
  rgb,
  share,
  slots,
  text,
  texts,
  told,
} from './fields';

export interface EventShape<Name extends string = string> {
  readonly meaning: string;
  readonly fields: { readonly [N in Name]: Field };
  /** It tells how a recording came out rather than how it came to that: such events are what `--record` keeps. */
  readonly isOutcome?: true;
}

/** Those that every event has. */
export const COMMON_FIELDS = {
  atMs: field(count, 'when, counted in samples heard since the recording began', { unit: 'ms' }),
  type: field(text, 'which event it is'),
  file: maybe(recording, 'the recording, as it was named; `-` is the standard input'),
} as const;

const { phase, cue, patterns } = {
  phase: oneOf('booting', 'idle', 'listening', 'asking', 'thinking', 'replying', 'error', 'ringing'),
  cue: oneOf('listening', 'done', 'notUnderstood', 'failed', 'timer', 'alarm', 'muted', 'unmuted'),
  patterns: oneOf(...(PATTERNS.map(({ name }) => name) as [string, ...string[]])),
};

/** As the table of settings has them. */
function settingFields() {
  const fields = SETTING_FIELDS.map((name) => [name, settingField(SETTINGS[name])]);
  return Object.fromEntries(fields) as { readonly [Name in SettingField]: OptionalField };
}

function settingField(setting: Setting): OptionalField {
  const { help } = setting;
  switch (setting.type) {
    case 'choice':
      return maybe(oneOf(...(setting.choices as [string, ...string[]])), help);
    case 'amount':
      return maybe(count, help, { unit: setting.unit });
    case 'onOff':
      return maybe(flag, help);
    case 'zone':
      return maybe(text, `${help}: a POSIX TZ string`);
  }
}

const word = field(text, 'the wake word, as its model names it');
const loss = maybe(
  number,
  'what each phone of the word lost against any other, where a second look found it',
  {
    unit: 'nats',
    isMeasured: true,
  },
);
const verifier = maybe(number, 'logit of its word verifier, where it has one and was asked', {
  unit: 'nats',
  isMeasured: true,
});
const talk = maybe(share, 'share of the ten seconds before that was talk, where a second look was taken', {
  isMeasured: true,
});
const confidence = field(share, 'how sure the speaker is', { isMeasured: true });
const intent = field(text, 'what is wanted: the name before the colon in the grammar');
const slotsField = field(
  slots,
  'what was filled in: percent 0–100, durations in seconds, times of day as HH:MM, words as lists name them',
);
const timer = {
  timer: field(count, 'its number, counted from 1'),
  name: maybe(text, 'its name, when it was given one'),
};

const alarm = {
  alarm: field(count, 'its number, counted from 1'),
  time: field(text, 'when, as a clock shows it: HH:MM'),
};

export const EVENTS = {
  recordingOpened: {
    meaning: 'a recording begins, or the microphone',
    fields: {
      durationMs: maybe(count, 'its length; missing while it is not known', { unit: 'ms' }),
      conversion: maybe(text, 'how it was brought to 16 kHz mono, when it was not'),
    },
  },
  booted: {
    meaning: 'the speaker has started',
    fields: { isSafeMode: maybe(flag, 'true after several starts that went wrong: it hears nothing') },
  },
  wakeWordHeard: {
    meaning: 'a wake word was heard',
    isOutcome: true,
    fields: {
      word,
      confidence,
      sample: field(count, 'when, to the sample', { unit: 'samples of 16 kHz', isMeasured: true }),
      endSample: maybe(count, 'where the word ended, where a second look found it', {
        unit: 'samples of 16 kHz',
        isMeasured: true,
      }),
      lossNats: loss,
      verifier,
      talk,
    },
  },
  nearMiss: {
    meaning: 'something came close to waking the speaker',
    fields: {
      word,
      confidence,
      reason: field(
        oneOf('belowCutoff', 'vetoed'),
        'it stayed below the cutoff, or the second look did not find the word',
      ),
      lossNats: loss,
      verifier,
      talk,
      levelDb: field(number, 'the loudest 10 ms', { unit: 'dB full scale', isMeasured: true }),
    },
  },
  speechStarted: { meaning: 'somebody speaks while the speaker listens', fields: {} },
  partial: {
    meaning: 'what the decoder believes so far',
    fields: {
      sample: field(count, 'when, to the sample', { unit: 'samples of 16 kHz', isMeasured: true }),
      tokens: field(texts, 'words, and marks of the grammar: `<intent`, `{slot`, `}`', { isMeasured: true }),
    },
  },
  commandHeard: {
    meaning: 'a sentence of the grammar was understood',
    isOutcome: true,
    fields: {
      intent,
      slots: slotsField,
      words: field(text, 'what was said', { isMeasured: true }),
      confidence,
    },
  },
  commandDoubted: {
    meaning:
      'a sentence of the grammar may have been said; the speaker asks whether it was meant, and waits for yes or no',
    isOutcome: true,
    fields: {
      intent,
      slots: slotsField,
      words: field(text, 'what may have been said', { isMeasured: true }),
      confidence,
    },
  },
  speechEnded: {
    meaning: 'listening ended without a command',
    isOutcome: true,
    fields: {
      reason: field(
        oneOf('silence', 'notUnderstood'),
        'nobody said more, or it was no sentence of the grammar',
      ),
    },
  },
  muteChanged: {
    meaning: 'the mute switch was moved',
    isOutcome: true,
    fields: { muted: field(flag, 'whether it is closed now') },
  },
  settingsChanged: {
    meaning: 'a setting was changed by hand; the fields are those that changed',
    isOutcome: true,
    fields: settingFields(),
  },
  audioOverran: {
    meaning: 'sound came faster than it could be heard',
    isOutcome: true,
    fields: { lostSamples: field(count, 'what was lost', { unit: 'samples of 16 kHz' }) },
  },
  perform: {
    meaning: 'the home is asked to do something',
    isOutcome: true,
    fields: {
      id: field(count, 'the number of the request, counted from 1', { isMeasured: true }),
      intent,
      slots: slotsField,
    },
  },
  actionDone: {
    meaning: 'the home has answered',
    fields: {
      id: field(count, 'the number of the request'),
      ok: field(flag, 'whether it was done'),
      answer: maybe(told, 'what it tells, or why it was not done'),
    },
  },
  answer: {
    meaning: 'the speaker tells something, or why it does not do what was asked',
    isOutcome: true,
    fields: {
      id: field(count, 'its number, counted from 1', { isMeasured: true }),
      says: field(text, 'what, as `firmware/core/answers.ts` names it'),
      values: field(facts, 'the values that go with it'),
    },
  },
  messageSent: {
    meaning: 'a message has gone to the home over MQTT, because of what was heard (only with `--mqtt`)',
    isOutcome: true,
    fields: { topic: field(text, 'its topic'), text: field(text, 'what it says') },
  },
  homeChanged: {
    meaning: 'the connection to the home came or went (only with `--mqtt`)',
    fields: {
      connected: field(flag, 'whether it is there'),
      why: maybe(text, 'what is wrong, also of a connection that is there'),
    },
  },
  timeSet: {
    meaning: 'somebody who knows has told the time',
    fields: { epochMs: field(count, 'since 1970, UTC', { unit: 'ms' }) },
  },
  buttonPressed: { meaning: 'the button was pressed', isOutcome: true, fields: {} },
  buttonHeld: {
    meaning: 'the button was held for ten seconds: all that was heard is forgotten',
    isOutcome: true,
    fields: {},
  },
  volumeChanged: {
    meaning: 'the volume was changed',
    isOutcome: true,
    fields: { percent: field(count, 'the volume now', { unit: 'percent' }) },
  },
  timerStarted: {
    meaning: 'a timer runs',
    isOutcome: true,
    fields: { ...timer, durationMs: field(count, 'its length', { unit: 'ms' }) },
  },
  timerRang: { meaning: 'a timer rings', isOutcome: true, fields: timer },
  timerEnded: {
    meaning: 'a ringing timer was silenced, or gave up after five minutes',
    isOutcome: true,
    fields: timer,
  },
  timerCancelled: { meaning: 'a timer was taken back', isOutcome: true, fields: timer },
  timerPaused: { meaning: 'a timer stands still', isOutcome: true, fields: timer },
  timerResumed: { meaning: 'a timer that stood still runs on', isOutcome: true, fields: timer },
  timerChanged: { meaning: 'a timer was made longer or shorter', isOutcome: true, fields: timer },
  alarmSet: { meaning: 'an alarm is set', isOutcome: true, fields: alarm },
  alarmRang: { meaning: 'an alarm rings', isOutcome: true, fields: alarm },
  alarmSnoozed: { meaning: 'an alarm that rang was put off', isOutcome: true, fields: alarm },
  alarmEnded: {
    meaning: 'a ringing alarm was silenced, or gave up after a quarter of an hour',
    isOutcome: true,
    fields: alarm,
  },
  alarmCancelled: { meaning: 'an alarm was taken back, or its time is past', isOutcome: true, fields: alarm },
  listen: {
    meaning: 'the ear is asked to decode what is said',
    fields: {
      sinceSample: field(count, 'from where on', { unit: 'samples of 16 kHz', isMeasured: true }),
    },
  },
  stopListening: { meaning: 'the ear is asked to decode no more', fields: {} },
  playCue: {
    meaning: 'a short sound begins',
    fields: {
      cue: field(cue, 'which'),
      volumePercent: field(count, 'how loud', { unit: 'percent' }),
    },
  },
  say: {
    meaning: 'the speaker begins to say something',
    isOutcome: true,
    fields: {
      text: field(text, 'the words'),
      clips: field(texts, 'the clips of its voice that make them up, one right after the other'),
      cue: field(cue, 'the short sound that a speaker without a voice makes instead'),
      volumePercent: field(count, 'how loud', { unit: 'percent' }),
    },
  },
  stopCue: { meaning: 'the sound is cut short', fields: {} },
  cueEnded: { meaning: 'the sound is over', fields: {} },
  phaseChanged: {
    meaning: 'what the speaker is busy with changed',
    fields: { from: field(phase, 'what it was'), to: field(phase, 'what it is now') },
  },
  ringChanged: {
    meaning: 'the ring of LEDs shows another pattern',
    fields: { pattern: field(patterns, 'which, as `firmware/core/ring-patterns.ts` names them') },
  },
  ringFrame: {
    meaning: 'the ring shows another picture (only with `--frames`)',
    fields: { rgb: field(rgb, 'red, green and blue of each LED, in their order') },
  },
  linkChanged: {
    meaning: 'the network came or went',
    isOutcome: true,
    fields: { up: field(flag, 'whether it is there') },
  },
  faultOccurred: {
    meaning: 'something went wrong inside',
    isOutcome: true,
    fields: { what: field(text, 'what') },
  },
} as const satisfies Logged & Readonly<Record<'recordingOpened' | 'ringFrame', EventShape>>;

export type EventType = keyof typeof EVENTS;

export const EVENT_TYPES = Object.keys(EVENTS) as readonly EventType[];

export function isEventType(type: unknown): type is EventType {
  return typeof type === 'string' && Object.hasOwn(EVENTS, type);
}

export function shapeOf(type: EventType): EventShape {
  return EVENTS[type];
}

/** What the firmware logs: an event or a field that this file does not know is an error of TypeScript's. */
type Logged = {
  readonly [T in LogEntry['type']]: EventShape & { readonly fields: FieldsOf<EntryOf<T>> };
};
type EntryOf<T, E = LogEntry> = E extends { readonly type: infer Types }
  ? T extends Types
    ? E
    : never
  : never;
type FieldsOf<E> = {
  readonly [N in Exclude<keyof E, 'atMs' | 'type'>]-?: Record<never, never> extends Pick<E, N>
    ? OptionalField
    : NeededField;
};
