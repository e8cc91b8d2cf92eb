/** All that the page says. */

const INTENTS = {
  addToTimer: 'add time to a timer',
  forgetLast: 'forget the last command',
  forgetToday: 'forget today',
  forgetEverything: 'forget everything',
  isOn: 'say whether something is on',
  neverMind: 'never mind',
  setTimer: 'set a timer',
  timerLeft: 'say how much time is left',
  turnOff: 'switch something off',
  turnOn: 'switch something on',
  whatHeard: 'say what it heard',
};

/** `setColor` becomes `set color`. */
function plain(name) {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function list(values) {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} and ${values.at(-1)}`;
}

/** What a command was about: `: light, kitchen` or `: 8 minutes, pasta`. */
function details(slots) {
  if (!slots) return '';
  const said = Object.entries(slots).map(([name, value]) => {
    if (name === 'duration' || name === 'length') return duration(Number(value));
    return list([value].flat());
  });
  return `: ${said.join(', ')}`;
}

function duration(seconds) {
  const parts = [
    [Math.floor(seconds / 3600), 'hour', 'hours'],
    [Math.floor(seconds / 60) % 60, 'minute', 'minutes'],
    [seconds % 60, 'second', 'seconds'],
  ].filter(([number]) => number > 0);
  return list(parts.map(([number, one, many]) => count(number, one, many)));
}

function count(number, one, many) {
  return number === 1 ? `1 ${one}` : `${number} ${many}`;
}

function span({ from, through }) {
  return through - from === 1 ? `entry ${from + 1}` : `entries ${from + 1} to ${through}`;
}

const REASONS = {
  person: 'because somebody wanted it so',
  retention: 'because they were old enough',
  full: 'to make room',
};

const CHOICES = {
  retention: {
    nothing: 'Nothing at all',
    day: 'One day',
    week: 'One week',
    untilFull: 'Until it is full, then the oldest goes',
  },
  sensitivity: { low: 'Less easily', normal: 'As usual', high: 'More easily' },
  voice: { on: 'By voice', tones: 'By tones', off: 'By its lights alone' },
};

export const WORDS = {
  name: 'Earshot',
  skip: 'To the page',
  listening: 'Listens for its name',
  listeningMore: 'Sound stays in the speaker. It is never kept.',
  muted: 'Muted',
  mutedMore: 'The switch is on. Not one sound is heard.',
  safeMode: 'Safe mode: only the switch and the ring work, as it failed to start several times.',
  online: 'Connected to your network',
  offline: 'Not connected to your network. Timers and volume work all the same.',
  lost: 'The speaker does not answer. This page tries again by itself.',

  pairTitle: 'Is this your speaker?',
  pairWhy: 'Only who can touch the speaker may see what it heard. No password, no account.',
  pairAsk: 'Pair this browser',
  pairMove: (moves) => `Move the mute switch on and off ${moves} times.`,
  pairWait: (seconds) => `Then leave it alone. You have ${count(seconds, 'second', 'seconds')}.`,
  pairAnother: 'Another browser is asking just now. Try again in a minute.',
  pairOver: 'The minute is over, or the switch was moved too often. Ask once more.',
  paired: 'This browser is paired now.',

  heardTitle: 'Heard and done',
  heardNothing: 'Nothing is on record.',
  today: 'Today',
  yesterday: 'Yesterday',
  lastDay: 'The last 24 hours',
  daysOn: (days) => `${count(days, 'day', 'days')} of running before`,
  ago: (seconds) =>
    seconds < 60
      ? 'just now'
      : seconds < 3600
        ? `${count(Math.floor(seconds / 60), 'minute', 'minutes')} ago`
        : `${count(Math.floor(seconds / 3600), 'hour', 'hours')} ago`,
  entry: {
    wakeWord: ({ word }) => `Heard its name, “${word.replace(/_/g, ' ')}”`,
    command: ({ intent, slots }) => `Understood: ${INTENTS[intent] ?? plain(intent)}${details(slots)}`,
    sent: ({ characters, topic }) =>
      `Told the home${topic === undefined ? '' : `, “${topic}”`}: ${count(characters, 'character', 'characters')}`,
    mute: ({ muted }) => (muted ? 'Muted with the switch' : 'Not muted any more'),
    setting: ({ name, value }) =>
      `Changed ${plain(name)} to ${CHOICES[name]?.[value]?.toLowerCase() ?? value}`,
    exported: () => 'The record was exported',
    paired: () => 'A browser was paired',
    update: ({ version, failure }) =>
      failure ? `Version ${version} was not installed: ${failure}` : `Version ${version} was installed`,
    erased: ({ from, through, reason }) =>
      through > from
        ? `Deleted ${from === 0 ? `all before entry ${through + 1}` : span({ from, through })}, ${REASONS[reason] ?? reason}`
        : 'Nothing was there to delete',
  },
  whole: (entries) =>
    `The record is whole: ${count(entries, 'entry', 'entries')}, each linked to the one before.`,
  altered: (spans) =>
    `Somebody altered the record: ${list(spans.map(span))} ${spans.length > 1 ? 'are' : 'is'} gone or changed, and no deletion says so.`,
  deleteOne: 'Delete',
  deleteThis: (what) => `Delete: ${what}`,

  keepTitle: 'What is kept',
  keepMore: 'Sound never is. This is about the list of what was heard and done.',
  deleteToday: 'Delete today',
  deleteAll: 'Delete everything',
  sureToday: 'Delete everything heard and done today? It is gone for good.',
  sureAll: 'Delete the whole record? It is gone for good.',
  yes: 'Delete',
  no: 'Keep it',
  deleted: 'Deleted.',
  export: 'Export',
  exportMore: 'A file with all entries. “npm run record -- check FILE” shows whether it is whole.',
  earlier: 'Show earlier ones',
  noRecord: 'This speaker keeps no record.',

  settingsTitle: 'Settings',
  settings: {
    retention: 'Keep for',
    recordDetails: 'Keep rooms, times and names of a command too, not only what kind it was',
    sensitivity: 'Wakes up',
    softMute: 'Muted from here, beside the switch',
    volume: 'How loud its sounds are',
    voice: 'How it answers',
    listeningCue: 'A sound when it begins to listen',
    alarmVolume: 'How loud alarms become',
    snooze: 'How much later an alarm rings again',
    zone: 'Time zone',
  },
  choices: CHOICES,
  amount: (value, unit) => (unit === 'percent' ? `${value} %` : `${value} ${unit}`),
  zoneHint: 'As the rest of the world writes it for computers: CET-1CEST,M3.5.0,M10.5.0/3',
  saved: 'Saved.',
  refused: 'That did not work. Try again.',

  missTitle: 'Nearly woken',
  missNone: 'Nothing sounded nearly like its name since it was switched on.',
  missSome: (number) =>
    `${count(number, 'time', 'times')} since it was switched on, something sounded nearly like its name. If that was you, let it wake more easily.`,
  miss: ({ word, agoSeconds }) => `Nearly “${word.replace(/_/g, ' ')}”, ${WORDS.ago(agoSeconds)}`,

  updateTitle: 'Updates',
  updateImpossible: 'This speaker takes no updates by way of this page.',
  updateInstalled: (version) => `Version ${version} is installed.`,
  updateNone: 'It runs what it was made with.',
  updateFailed: ({ version, failure }) => `Version ${version} was not installed: ${failure}.`,
  updateChoose: 'A file with an update. The speaker looks for none by itself.',
  updateOffered: (version) => `Version ${version}`,
  updateSafe:
    'It is written beside what runs now. If the speaker then does not wake, mute and connect as before, it goes back by itself.',
  updateInstall: 'Install',
  updateNot: 'Not now',
  updateWriting: (share) => `Writing, ${share} %. Until it is done the old version goes on.`,
  updateStop: 'Stop',
  updateTrying: (version) => `The speaker starts with version ${version} and tries it.`,
  updateProblems: {
    notAnUpdate: () => 'This file is no update.',
    notSigned: () => 'This update was not made by whom this speaker trusts, or somebody changed it.',
    otherBoard: (detail) => `This update is for another speaker (${detail}).`,
    notNewer: (detail) => `This update is not newer than what is installed (${detail}).`,
    tooLarge: (detail) => `This update does not fit (${detail}).`,
    onlyOneCopy: (part) => `The ${part} of this speaker can only be replaced with a cable.`,
    notNow: () => 'Another update is under way.',
    damaged: (detail) => `The file is damaged (${detail}). Nothing was changed.`,
    unfit: (detail) => `This speaker cannot use it (${detail}). Nothing was changed.`,
    flashRefused: (detail) => `The speaker could not write it (${detail}). Nothing was changed.`,
  },

  browsersTitle: 'Browsers',
  browsers: (number) => `${count(number, 'browser is', 'browsers are')} paired.`,
  leave: 'Unpair all',
  sureLeave: 'Unpair all browsers, this one too?',
  yesLeave: 'Unpair',
};
