import { keepsOf, keptOf, readKept } from '../../../firmware/core/kept';
import { nearestOf } from '../../../firmware/core/nearest';
import {
  FACTORY_SETTINGS,
  SETTING_FIELDS,
  SETTINGS,
  settingOf,
  settingProblem,
  settingText,
  settingUsage,
} from '../../../firmware/core/settings';
import { readSettingsLine } from '../../../firmware/core/settings-line';
import { checkKey } from '../../../firmware/core/store-limits';

const { sensitivity, volumePercent, listeningCue } = SETTINGS;

describe('the table of settings', () => {
  it('has for each a factory value that the setting itself takes', () => {
    for (const field of SETTING_FIELDS)
      expect(settingProblem(SETTINGS[field], settingText(FACTORY_SETTINGS[field]))).toBeUndefined();
  });

  it('names each so that the store takes its name, and no two alike', () => {
    const names = SETTING_FIELDS.map((field) => SETTINGS[field].name);
    for (const name of names) expect(() => checkKey(name)).not.toThrow();
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  it('shares no name with what else lies in the store', () => {
    const names: string[] = SETTING_FIELDS.map((field) => SETTINGS[field].name);
    for (const taken of ['boot', 'faults', 'lived', 'sessions', 'settings'])
      expect(names).not.toContain(taken);
  });

  it('says in short what each takes', () => {
    expect(settingUsage(sensitivity)).toBe('low|normal|high');
    expect(settingUsage(volumePercent)).toBe('0-100');
    expect(settingUsage(listeningCue)).toBe('on|off');
  });
});

describe('the text of a setting', () => {
  it.each([
    [sensitivity, 'high', 'high'],
    [volumePercent, '0', 0],
    [volumePercent, '100', 100],
    [listeningCue, 'on', true],
    [listeningCue, 'off', false],
  ])('stands for a value: %#', (setting, text, value) => {
    expect(settingOf(setting, text)).toBe(value);
    expect(settingText(value)).toBe(text);
  });

  it.each([
    [sensitivity, ''],
    [sensitivity, 'High'],
    [volumePercent, '101'],
    [volumePercent, '-1'],
    [volumePercent, '50.5'],
    [volumePercent, '1e1'],
    [volumePercent, ''],
    [volumePercent, '99999'],
    [listeningCue, 'true'],
    [listeningCue, ''],
  ])('that is no value is told apart: %#', (setting, text) => {
    expect(settingOf(setting, text)).toBeUndefined();
    expect(settingProblem(setting, text)).toContain(`${setting.name} '${text}': `);
  });
});

describe('what is kept', () => {
  it('is every setting, as it is typed', () => {
    expect(keptOf(FACTORY_SETTINGS)).toEqual({
      sensitivity: 'normal',
      softMute: 'off',
      voice: 'on',
      volume: '50',
      listeningCue: 'off',
      retention: 'week',
      recordDetails: 'off',
      alarmVolume: '60',
      snooze: '9',
      zone: 'UTC0',
    });
  });

  it('is what differs, each with the time for which it must have stood', () => {
    const after = { ...FACTORY_SETTINGS, volumePercent: 60, sensitivity: 'low' } as const;
    expect(keepsOf(FACTORY_SETTINGS, after)).toEqual([
      { key: 'sensitivity', text: 'low', settleMs: 0 },
      { key: 'volume', text: '60', settleMs: 5_000 },
    ]);
    expect(keepsOf(after, { ...after })).toEqual([]);
  });

  it('is as from the factory where nothing was kept yet', () => {
    expect(readKept(() => undefined)).toEqual({
      settings: FACTORY_SETTINGS,
      lists: { timers: [], alarms: [] },
      spoilt: [],
    });
  });

  it('is read with each text that makes no sense left out and named', () => {
    const store: Record<string, string> = { volume: '7\u0000', sensitivity: 'low', listeningCue: '' };
    expect(readKept((key) => store[key])).toEqual({
      settings: { ...FACTORY_SETTINGS, sensitivity: 'low' },
      lists: { timers: [], alarms: [] },
      spoilt: [
        { key: 'volume', text: '7\u0000', problem: "volume '7\u0000': 0 to 100 percent would be right" },
        { key: 'listeningCue', text: '', problem: "listeningCue '': on, off would be right" },
      ],
    });
  });
});

describe('a line that somebody typed', () => {
  const meaning = (line: string) => readSettingsLine(line, { ...FACTORY_SETTINGS, volumePercent: 70 });

  it('sets what it names', () => {
    expect(meaning('volume 30')).toEqual({ changes: { volumePercent: 30 }, answer: [] });
    expect(meaning('  SENSITIVITY   low ')).toEqual({ changes: { sensitivity: 'low' }, answer: [] });
    expect(meaning('listeningcue on')).toEqual({ changes: { listeningCue: true }, answer: [] });
  });

  it('asks how something is set when it has no value', () => {
    expect(meaning('volume')).toEqual({ answer: ['volume 70 (0 to 100 percent): how loud its sounds are'] });
  });

  it('asks how everything is set when it says settings', () => {
    expect(meaning('settings').answer).toEqual([
      'sensitivity normal (low, normal, high): how easily the wake words wake',
      'softMute off (on, off): a mute beside the switch, which wins: what is muted by hand stays muted',
      'volume 70 (0 to 100 percent): how loud its sounds are',
      'voice on (on, tones, off): answers by voice, by a tone, or by the ring alone',
      'listeningCue off (on, off): a sound when it begins to listen, which the ring always shows',
      'retention week (nothing, day, week, untilFull): how long the record keeps what was heard and done',
      'recordDetails off (on, off): whether the record keeps rooms, times and names of a command, or only what kind it was',
      'alarmVolume 60 (10 to 100 percent): how loud alarms become, whatever the volume is',
      'snooze 9 (1 to 60 minutes): how much later an alarm that was put off rings again',
      'zone UTC0 (a POSIX TZ string such as CET-1CEST,M3.5.0,M10.5.0/3): where its clock is, summer time included',
    ]);
  });

  it('is told the nearest name when it names nothing', () => {
    expect(meaning('volum 30').answer).toEqual(["no setting 'volum': did you mean volume?"]);
    expect(meaning('setings').answer).toEqual(["no setting 'setings': did you mean settings?"]);
  });

  it('is told all names when none is near', () => {
    expect(meaning('reboot now').answer).toEqual([
      "no setting 'reboot': there is sensitivity, softMute, volume, voice, listeningCue, retention, recordDetails, alarmVolume, snooze, zone, and settings tells all",
    ]);
  });

  it('is no question when it is blank', () => {
    expect(meaning('   ')).toEqual({ answer: [] });
  });
});

test('the nearest name is the one with the fewest wrong letters, if that is at most a third of them', () => {
  expect(nearestOf('lamp', ['lump', 'lamps', 'Lamp'])).toBe('Lamp');
  expect(nearestOf('volme', ['volume', 'velum'])).toBe('volume');
  expect(nearestOf('abc', ['xyz', 'abyz'])).toBeUndefined();
  expect(nearestOf('', [])).toBeUndefined();
});
