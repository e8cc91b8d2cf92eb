import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { terminalOf } from '../../../../host-sim/cli/terminal';
import { loadWakeWord } from '../../../../host-sim/packages/models';
import { ROOT } from '../../../../host-sim/packages/root';
import { findRecordings } from '../../../../host-sim/sim/audio/sources';
import type { EventLine } from '../../../../host-sim/tools/replay/expect/expectations';
import { closeTestOf } from '../../../../host-sim/tools/replay/timeline/near-miss';
import { Progress } from '../../../../host-sim/tools/replay/timeline/progress';
import {
  endsListening,
  type Outcome,
  summarizeMany,
  summarizeOne,
  tally,
} from '../../../../host-sim/tools/replay/timeline/summary';

const heard = (path: string): Outcome => ({
  path,
  soundMs: 1500,
  events: [{ atMs: 900, type: 'wakeWordHeard' }],
});
const isClose = closeTestOf({
  hearing: { wakeWords: [loadWakeWord('jarvis', join(ROOT, 'models'))] },
  sensitivity: 'normal',
});
const miss = (confidence: number): EventLine => ({ atMs: 0, type: 'nearMiss', word: 'jarvis', confidence });
const silent = (path: string): Outcome => ({ path, soundMs: 1500, events: [] });

describe('a summary', () => {
  test('tells the share of recordings with a wake word and names those without', () => {
    expect(
      summarizeMany([heard('a.wav'), heard('b.wav'), silent('c.wav')], isClose, ['letter.wav'], 45),
    ).toEqual([
      '3 recordings, 0.1 minutes, 0.04 s taken, 100 × real time',
      'wake word in    2 of 3 (66.7 %), 2 in all',
      'near misses     none',
      'commands        0',
      'unreadable      1',
      'unreadable, or not to the end',
      '    letter.wav',
      'no wake word in',
      '    c.wav',
    ]);
  });

  test('names the exceptions: those with a wake word, where most have none', () => {
    const lines = summarizeMany([heard('a.wav'), silent('b.wav'), silent('c.wav')], isClose, [], 1);
    expect(lines.slice(5)).toEqual(['a wake word in', '    a.wav']);
  });

  test('does not name more than anybody would read', () => {
    const many = Array.from({ length: 30 }, (_, i) => i);
    const lines = summarizeMany(
      [...many.map((i) => heard(`heard ${i}`)), ...many.map((i) => silent(`silent ${i}`))],
      isClose,
      [],
      1,
    );
    expect(lines).toHaveLength(6 + 12 + 1);
    expect(lines.at(-1)).toBe('    and 18 more');
  });

  test('counts a wake word heard twice in one recording as one found', () => {
    const twice = { ...heard('a.wav'), events: [...heard('a').events, ...heard('a').events] };
    expect(summarizeMany([twice], isClose, [], 1)[1]).toBe('wake word in    1 of 1 (100.0 %), 2 in all');
  });

  test('of nothing is still a summary', () => {
    expect(summarizeMany([], isClose, ['a', 'b'], 1)[1]).toBe('wake word in    0 of 0 (–), 0 in all');
  });

  test('of one recording uses one and many rightly', () => {
    expect(summarizeOne(heard('a.wav'), isClose, 15)).toBe(
      '1 wake word · 0 commands · 0 home actions · 0.01 s taken, 100 × real time',
    );
  });

  test('counts the near misses that came to half of the cutoff, and tells of the surest', () => {
    const cutoff = loadWakeWord('jarvis', join(ROOT, 'models')).points.normal.probabilityCutoff;
    const events = [miss(0.45 * cutoff), miss(0.55 * cutoff), miss(0.9 * cutoff), miss(0.1 * cutoff)];
    const surest = Math.round(90 * cutoff);
    expect(summarizeOne({ ...silent('a.wav'), events }, isClose)).toContain(
      `came close 2 times, at most ${surest} % sure`,
    );
    expect(summarizeMany([{ ...silent('a.wav'), events }], isClose, [], 1)[2]).toBe(
      `near misses     came close 2 times, at most ${surest} % sure`,
    );
  });

  test('knows a recording that ends while the speaker listens', () => {
    const to = (...phases: string[]): Outcome => ({
      ...silent('a.wav'),
      events: phases.map((phase, i) => ({ atMs: i, type: 'phaseChanged', to: phase })),
    });
    expect(endsListening(to('idle', 'listening'))).toBe(true);
    expect(endsListening(to('idle', 'listening', 'replying'))).toBe(false);
    expect(endsListening(to())).toBe(false);
  });

  test('says nothing of near misses that were far away', () => {
    expect(summarizeOne({ ...silent('a.wav'), events: [miss(0.1)] }, isClose)).not.toContain('close');
  });

  test('adds up muted time, to the end when the switch stays closed', () => {
    const mutes = [
      [200, true],
      [500, false],
      [1000, true],
    ].map(([atMs, muted]) => ({ atMs: Number(atMs), type: 'muteChanged', muted }));
    expect(tally([{ path: 'a', soundMs: 1500, events: mutes }], isClose).mutedMs).toBe(800);
  });
});

describe('recordings', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-sources-'));
    mkdirSync(join(folder, 'deep', 'empty'), { recursive: true });
    for (const name of ['b.WAV', 'a.flac', 'notes.txt', 'deep/c.opus']) writeFileSync(join(folder, name), '');
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test('are found in folders by their endings, in order, and taken at their word when named', () => {
    const notes = join(folder, 'notes.txt');
    expect(findRecordings([folder, notes])).toEqual({
      files: [join(folder, 'a.flac'), join(folder, 'b.WAV'), join(folder, 'deep', 'c.opus'), notes],
      complaints: [],
    });
  });

  test('that are not there are named', () => {
    const { files, complaints } = findRecordings([join(folder, 'gone.wav'), join(folder, 'deep', 'empty')]);
    expect(files).toEqual([]);
    expect(complaints).toEqual([
      expect.stringMatching(/gone\.wav: not there/),
      expect.stringMatching(/empty: no recordings in this folder/),
    ]);
  });
});

describe('a terminal', () => {
  const stream = (isTTY: boolean): NodeJS.WriteStream => ({ isTTY }) as NodeJS.WriteStream;

  test.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { TERM: 'dumb' }, false],
    [false, { FORCE_COLOR: '1' }, true],
    [true, { FORCE_COLOR: '0' }, false],
  ])('that is one (%s) with %j has colour: %s', (isTTY, environment, hasColor) => {
    expect(terminalOf(stream(isTTY), environment).hasColor).toBe(hasColor);
  });

  test.each([
    [80, {}, 80],
    [40, {}, 60],
    [300, {}, 200],
    [undefined, {}, 100],
    [undefined, { COLUMNS: '72' }, 72],
  ])('of %s columns with %j is taken to have %i', (columns, environment, width) => {
    const terminal = { isTTY: columns !== undefined, columns } as NodeJS.WriteStream;
    expect(terminalOf(terminal, environment).width()).toBe(width);
  });

  test('shows progress on one line, and none for a single file', () => {
    let text = '';
    const progress = new Progress(4, (more) => (text += more));
    progress.show(1, 'kitchen.wav');
    progress.clear();
    expect(text).toBe(`\r\x1b[2K  ${'━'.repeat(6)}${'╌'.repeat(18)} 1/4  kitchen.wav\r\x1b[2K`);
    text = '';
    new Progress(1, (more) => (text += more)).show(0, 'kitchen.wav');
    expect(text).toBe('');
  });
});
