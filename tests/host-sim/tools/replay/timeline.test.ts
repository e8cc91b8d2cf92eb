import { endToWidth, Paint, toWidth, WIDTH } from '../../../../host-sim/cli/terminal';
import type { EventLine } from '../../../../host-sim/tools/replay/expect/expectations';
import { headRecording } from '../../../../host-sim/tools/replay/timeline/heading';
import { layoutFor } from '../../../../host-sim/tools/replay/timeline/layout';
import { LiveLine } from '../../../../host-sim/tools/replay/timeline/live-line';
import { brightness, drawRing } from '../../../../host-sim/tools/replay/timeline/ring-picture';
import { GLANCE_MS, Timeline } from '../../../../host-sim/tools/replay/timeline/timeline';
import { describeDuration, describeTime } from '../../../../host-sim/tools/replay/timeline/wording';

const BLUE = '00143c'.repeat(12);
const DIM = '000409'.repeat(12);
const RED = '280000'.repeat(12);
const DARK = '000000'.repeat(12);

const HEARD: EventLine = {
  atMs: 1230,
  type: 'wakeWordHeard',
  sample: 19_680,
  word: 'jarvis',
  confidence: 0.953,
};
const LISTENS: EventLine = { atMs: 1230, type: 'phaseChanged', from: 'idle', to: 'listening' };
const COMMAND: EventLine = {
  atMs: 2480,
  type: 'commandHeard',
  intent: 'setTimer',
  slots: { duration: 600 },
  words: 'please set a timer for ten minutes',
  confidence: 0.91,
};
const CUE: EventLine = { atMs: 2480, type: 'playCue', cue: 'done', volumePercent: 50 };

function rows(
  events: readonly EventLine[],
  options: { color?: boolean; frames?: boolean; ringPixels?: number; width?: number } = {},
): string[] {
  const lines: string[] = [];
  const { color = false, frames = false, ringPixels = 12, width = WIDTH } = options;
  const timeline = new Timeline({
    paint: new Paint(color),
    ringPixels,
    frames,
    glanceMs: GLANCE_MS,
    width: () => width,
    write: (line) => lines.push(line),
  });
  for (const event of events) timeline.take(event);
  timeline.flush();
  return lines;
}

const frame = (atMs: number, rgb: string): EventLine => ({ atMs, type: 'ringFrame', rgb });
const plain = (line: string): string =>
  line
    .split('\x1b')
    .map((part, i) => (i === 0 ? part : part.slice(part.indexOf('m') + 1)))
    .join('');

describe('the timeline', () => {
  test('shows time, event, word, confidence, what follows and the ring', () => {
    expect(rows([HEARD, LISTENS, frame(1240, BLUE)])).toEqual([
      '   0:01.23  wake word  jarvis                          95 %  listening                  BBBBBBBBBBBB',
    ]);
  });

  test('shows a command with its words, its intent in plain values, and its cue', () => {
    expect(rows([COMMAND, CUE])).toEqual([
      '   0:02.48  command    “please set a timer for ten     91 %  → set timer 10 min ·       ············',
      '                       minutes”                              ♪\u00a0done',
    ]);
  });

  test('shows a phase only when no event of that moment explains it', () => {
    const idle: EventLine = { atMs: 3000, type: 'phaseChanged', from: 'replying', to: 'idle' };
    expect(rows([idle])[0]).toMatch(/0:03\.00 {2}idle/);
    expect(rows([{ ...HEARD, atMs: 3000 }, idle])).toHaveLength(1);
  });

  test('shows of an animation what a glance would catch: the brightest picture', () => {
    const row = rows([
      HEARD,
      frame(1240, DIM),
      frame(1300, BLUE),
      frame(1360, DIM),
      frame(1240 + GLANCE_MS, RED),
    ])[0];
    expect(row).toMatch(/B{12}$/);
  });

  test('shades a muted stretch from edge to edge and says that nothing was heard', () => {
    const lines = rows([
      { atMs: 5000, type: 'muteChanged', muted: true },
      frame(5000, RED),
      { atMs: 7500, type: 'muteChanged', muted: false },
      frame(7500, DARK),
      { ...HEARD, atMs: 9000 },
    ]);
    expect(lines.map((line) => line.startsWith('▒'))).toEqual([true, true, true, false]);
    expect(lines[0]).toMatch(/mute on.*R{12}$/);
    expect(lines[1]).toMatch(/nothing heard for 2\.5 s.*R{12}$/);
    expect(lines[2]).toMatch(/mute off.*·{12}$/);
  });

  test('shades it in colour on a terminal', () => {
    const lines = rows([{ atMs: 0, type: 'muteChanged', muted: true }], { color: true });
    expect(lines[0]?.startsWith('\x1b[48;2;')).toBe(true);
    expect(lines[0]?.endsWith('\x1b[49m')).toBe(true);
  });

  test('shows every picture of the ring when it is asked to', () => {
    const lines = rows([HEARD, frame(1230, DIM), frame(1290, BLUE), frame(1350, DIM)], { frames: true });
    expect(lines.map((line) => line.slice(-12))).toEqual(['b'.repeat(12), 'B'.repeat(12), 'b'.repeat(12)]);
  });

  test('keeps to its width and to its columns, with and without colour, whatever it is told', () => {
    const events: EventLine[] = [
      HEARD,
      {
        ...COMMAND,
        words: 'turn on the lights in the '.repeat(8),
        slots: { room: 'supercalifragilisticexpialidocious', level: 40 },
      },
      { atMs: 9, type: 'faultOccurred', what: 'x'.repeat(300) },
      { atMs: 3_600_000, type: 'timerRang', timer: 1, name: 'spaghetti' },
    ];
    for (const [ringPixels, width] of [1, 12, 24, 60].flatMap((pixels) =>
      [60, 69, 70, 80, 100, 120, 200].map((columns) => [pixels, columns] as const),
    )) {
      const bare = rows(events, { ringPixels, width });
      expect(Math.max(...bare.map((line) => [...line].length))).toBeLessThanOrEqual(width);
      expect(rows(events, { ringPixels, width, color: true }).map((line) => plain(line).trimEnd())).toEqual(
        bare.map((line) => line.trimEnd()),
      );
    }
  });

  test('shortens the ring first where the terminal is narrow', () => {
    const [wide, narrow, least] = [100, 90, 60].map((width) => layoutFor(width, 12));
    expect(wide).toEqual({ text: 30, confidence: 5, action: 25, ring: 12 });
    expect(narrow).toMatchObject({ ring: 4, confidence: 5 });
    expect((narrow?.text ?? 0) + (narrow?.action ?? 0)).toBeGreaterThan(50);
    expect(least).toMatchObject({ ring: 4, confidence: 0 });
    const half = `${'280000'.repeat(6)}${'000000'.repeat(6)}`;
    expect(rows([HEARD, frame(1240, half)], { width: 90 })[0]).toMatch(/ RR··$/);
  });

  test('writes no colour codes where there is no colour', () => {
    expect(rows([HEARD, COMMAND, CUE, frame(2500, BLUE)]).join('')).not.toContain('\x1b');
  });
});

describe('the heading', () => {
  const head = (name: string, ...facts: string[]): string[] =>
    headRecording(name, facts, new Paint(false), WIDTH).split('\n');

  test('has name and facts on one line where they fit', () => {
    expect(head('kitchen.wav', '12.4 s', 'mixed to mono')).toEqual(['kitchen.wav  12.4 s, mixed to mono']);
  });

  test('takes two lines for long ones, and shows the end of a long path', () => {
    const lines = head(`${'deep/'.repeat(40)}kitchen.wav`, '12.4 s');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^….*deep\/kitchen\.wav$/);
    expect(lines[0]).toHaveLength(WIDTH - 4);
  });
});

describe('a ring', () => {
  test('is drawn in its own colours, brightened for a screen', () => {
    expect(drawRing('00143c000000', new Paint(true))).toBe('\x1b[38;2;0;88;140m●\x1b[39m\x1b[2m·\x1b[22m');
  });

  test('is drawn in letters without colour: capital when bright, small when dim', () => {
    expect(drawRing('280000002c0000143c381c001e180e1e0834040000', new Paint(false))).toBe('RGBYWMr');
  });

  test('is the brighter the more light it gives', () => {
    expect(brightness(BLUE)).toBeGreaterThan(brightness(DIM));
    expect(brightness(DARK)).toBe(0);
  });
});

describe('words and numbers', () => {
  test.each([
    [0, '0:00.00'],
    [65_239, '1:05.23'],
    [3_600_000, '60:00.00'],
  ])('%i ms is %s', (atMs, text) => {
    expect(describeTime(atMs)).toBe(text);
  });

  test.each([
    [0, '0 s'],
    [90, '1 min 30 s'],
    [5400, '1 h 30 min'],
    [2.5, '2.5 s'],
    [600, '10 min'],
  ])('%d s is %s', (seconds, text) => {
    expect(describeDuration(seconds)).toBe(text);
  });

  test('are cut to their column with an ellipsis', () => {
    expect(toWidth('kitchen', 4)).toBe('kit…');
    expect(toWidth('kit', 4)).toBe('kit ');
  });

  test('take as many columns as a terminal gives them', () => {
    expect(toWidth('台所', 5)).toBe('台所 ');
    expect(toWidth('台所の灯り', 6)).toBe('台所… ');
    expect(toWidth('cafe\u0301', 4)).toBe('cafe\u0301');
    expect(endToWidth('録音/台所', 6)).toBe('…/台所');
  });
});

describe('the live line', () => {
  test('stays below the lines that are printed, and goes away in the end', () => {
    let text = '';
    const live = new LiveLine((more) => (text += more));
    live.update('moving');
    live.print('staying');
    live.clear();
    expect(text).toBe('\r\x1b[2Kmoving\r\x1b[2Kstaying\nmoving\r\x1b[2K');
  });
});

test('what the home says of itself stands in its row', () => {
  const done = { atMs: 2600, type: 'actionDone', id: 1 };
  const values = { device: 'light', room: 'kitchen', state: 'on' };
  const said = rows([
    { ...done, ok: true },
    { ...done, ok: true, answer: { says: 'homeState', values } },
    { ...done, ok: false, answer: { says: 'homeSilent', values: {} } },
    { atMs: 2600, type: 'messageSent', topic: 'z/kitchen/set', text: 'ON' },
    { atMs: 2600, type: 'messageSent', topic: 'earshot/1/wake', text: '{}' },
    { atMs: 2600, type: 'homeChanged', connected: false, why: 'it does not answer' },
  ]).join('\n');
  for (const part of [
    'done',
    'light, kitchen, on',
    'it failed: home silent',
    'z/kitchen/set ON',
    'no connection',
  ])
    expect(said).toContain(part);
  expect(said).not.toContain('earshot/');
});
