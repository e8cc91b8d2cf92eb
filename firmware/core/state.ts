import type { GivenAnswer } from './answers';
import type { NearMiss } from './ear-events';
import type { HeardCommand } from './events';
import { frozen } from './frozen';
import { type KeptLists, type ListState, withLists } from './kept-lists';
import type { Action, Cue, ToErase } from './ports';
import {
  FACTORY_SETTINGS,
  SETTING_FIELDS,
  SETTINGS,
  type Settings,
  settingProblem,
  settingText,
} from './settings';
import type { Clip } from './speech/vocabulary';

/** What the speaker is busy with. Muted is no phase but lies over all of them: see `ring.ts` and `reducer.ts`. */
export type Phase =
  | 'booting'
  | 'idle'
  | 'listening'
  /** Listening, too, for what is said to a question: did you mean this? */
  | 'asking'
  | 'thinking'
  | 'replying'
  | 'error'
  | 'ringing';

/** How long to listen is the ear's to say, as it hears whether anybody speaks: it ends by itself where nobody says more,
 * and cuts off whoever never stops after 15 s of decoding (`decoder.c`). This is for an ear that says nothing at all, so
 * it comes after that. */
export const LISTEN_MS = 16_000;
/** How far before a wake word's detection decoding begins where nobody knows when the word ended: whoever speaks on in
 * one breath loses no word. */
export const LISTEN_BACK_SAMPLES = 12_480;
/** Of the near misses so many are kept, the latest. */
export const MAX_NEAR_MISSES = 16;
/** A home that has not answered by then has failed. */
export const ACTION_MS = 5_000;
/** A reply is over when its cue is; this is for a cue of which no end is heard. */
export const REPLY_MS = 2_000;
export const ERROR_MS = 3_000;
/** The ear's guard ends by itself after 2 s, so that it is renewed this often while something is said. */
export const SPEECH_REMINDER_MS = 1_500;
/** Nothing that is said takes so many of them; this is for speech of which no end is heard. */
export const MAX_SPEECH_REMINDERS = 20;
/** What rings sounds its cue this often. */
export const RING_CUE_EVERY_MS = 2_000;
export const VOLUME_STEP_PERCENT = 10;
/** Of the commands so many are remembered, the latest. */
export const MAX_HEARD = 8;

/** Whether nothing is heard, by the switch or by the setting. */
export function isMuted({ muted, softMute }: Pick<State, 'muted' | 'softMute'>): boolean {
  return muted || softMute;
}

/** Phases in which the ear decodes what is said. */
export function isListeningPhase(phase: Phase): boolean {
  return phase === 'listening' || phase === 'asking';
}

/** One listening to one command; a new id is a new listening. */
export interface Listening {
  readonly id: number;
  readonly sinceSample: number;
  readonly speechStarted: boolean;
}

/** The last sound begun; a new id is a new sound. */
export interface Sound {
  readonly id: number;
  readonly cue: Cue;
  /** What is said instead by whoever has a voice. */
  readonly clips?: readonly Clip[];
  /** How often the ear was told again that something is being said. */
  readonly reminders?: number;
  readonly fate: 'playing' | 'ended' | 'cancelled';
}

/** All that the core remembers, the settings among it. A plain value: the effects of a transition are the difference of two
 * of them. */
export interface State extends Settings, ListState {
  /** When the state last changed; never goes back. */
  readonly atMs: number;
  readonly booted: boolean;
  /** How many of `BOOT_STAGES` have been reached. */
  readonly bootStages: number;
  /** After boots that failed: only the switch and the ring work. */
  readonly isSafeMode: boolean;
  /** Known to be without a network, hence without a home to ask. */
  readonly isOffline: boolean;
  /** What the switch said last: whether its gate is closed. */
  readonly muted: boolean;
  /** Whether the switch's contact is on: a mute begins with it, and ends a little after. */
  readonly isSwitchOn: boolean;
  /** Whether the speaker asks for a mute of its own: as long as the switch is on, or the setting is. */
  readonly asksForMute: boolean;
  readonly phase: Phase;
  /** When the phase began, from which its animation counts. */
  readonly phaseSinceMs: number;
  /** When the phase is over if nothing else ends it; Infinity when nothing does. */
  readonly deadlineMs: number;
  readonly listening: Listening | undefined;
  /** What is asked about while the phase is `asking`, else undefined. */
  readonly question: HeardCommand | undefined;
  readonly action: Action | undefined;
  readonly sound: Sound | undefined;
  /** What was last asked to be deleted from the record; another object is another time. */
  readonly erasing: { readonly what: ToErase } | undefined;
  /** What was told last. */
  readonly answer: GivenAnswer | undefined;
  /** The volume before the sounds were muted. */
  readonly unmutedPercent: number | undefined;
  /** The latest commands, oldest first, for whoever asks what was heard. No restart outlasts them. */
  readonly heard: readonly HeardWords[];
  readonly nearMissCount: number;
  /** The latest of them, oldest first. */
  readonly nearMisses: readonly KeptNearMiss[];
}

export interface HeardWords {
  readonly atMs: number;
  readonly words: string;
}

export type KeptNearMiss = NearMiss & { readonly atMs: number };

/** How a speaker starts. */
export interface SpeakerSettings extends Settings {
  /** What the switch said when it was read first, before anything else ran. */
  readonly muted: boolean;
  /** Timers and alarms from before. */
  readonly lists?: KeptLists;
}

export const DEFAULT_SETTINGS: SpeakerSettings = frozen({ muted: false, ...FACTORY_SETTINGS });

/** The state before `booted`. Throws RangeError on a setting that is out of its range. */
export function initialState({ lists, ...settings }: SpeakerSettings = DEFAULT_SETTINGS): State {
  for (const field of SETTING_FIELDS) {
    const problem = settingProblem(SETTINGS[field], settingText(settings[field]));
    if (problem !== undefined) throw new RangeError(problem);
  }
  const state: State = {
    ...settings,
    atMs: 0,
    booted: false,
    bootStages: 0,
    isSafeMode: false,
    isOffline: false,
    isSwitchOn: settings.muted,
    asksForMute: settings.muted || settings.softMute,
    phase: 'booting',
    phaseSinceMs: 0,
    deadlineMs: Number.POSITIVE_INFINITY,
    listening: undefined,
    question: undefined,
    action: undefined,
    sound: undefined,
    erasing: undefined,
    answer: undefined,
    unmutedPercent: undefined,
    heard: [],
    clockOffsetMs: undefined,
    timers: [],
    lastTimerId: 0,
    waitingTimers: [],
    alarms: [],
    lastAlarmId: 0,
    nearMissCount: 0,
    nearMisses: [],
  };
  return lists ? withLists(state, lists) : state;
}
