/** What the speaker has to tell, as data: words are for whoever has a voice or a page. */
export interface Answer {
  readonly says: Says;
  readonly values: Readonly<Record<string, string | number>>;
}

/** What is told, and the values that go with it. */
export type Told =
  | 'timerSet' // leftSeconds, durationSeconds, name
  | 'timerLeft' // the same, and paused 1
  | 'timerPaused'
  | 'timerResumed'
  | 'timerChanged'
  | 'timersCancelled' // count
  | 'alarmSet' // time, date, weekday, every
  | 'alarmNext' // the same, and snoozed 1
  | 'alarmSnoozed' // time
  | 'alarmsCancelled' // count
  | 'alarmMissed' // time, date
  | 'time' // time
  | 'date' // date, weekday
  | 'volume' // percent
  | 'heard' // words, count
  | 'nothingHeard'
  | 'forgotten' // what
  | 'didYouMean' // words
  | 'help'
  /** What the home says of itself. */
  | 'homeState'; // what it was asked, as the home names it

/** Why something that was asked for is not done. */
export type Refusal =
  | 'timeUnknown'
  | 'noSuchTimer'
  | 'noSuchAlarm'
  | 'nothingToSnooze'
  | 'tooManyTimers'
  | 'tooManyAlarms'
  | 'timerOutOfRange'
  | 'timePast'
  | 'notUnderstood'
  | 'voicesUnknown'
  /** There is no home to ask, or none that is connected. */
  | 'noHome'
  /** The home was asked and has not answered in time. */
  | 'homeSilent'
  /** The home has said no. */
  | 'homeFailed'
  /** The owner's mapping has nothing for it. */
  | 'notMapped'
  /** The home has not told yet how it is. */
  | 'stateUnknown';

export type Says = Told | Refusal;

/** One answer of the speaker; a new id is a new one. */
export interface GivenAnswer extends Answer {
  readonly id: number;
}
