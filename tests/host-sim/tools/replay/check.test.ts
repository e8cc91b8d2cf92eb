import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { command } from '../../../../host-sim/cli/commands/replay';
import { findDemo } from '../../../../host-sim/tools/replay/recordings/demo';
import { carriedOut, ROOT, run } from '../../cli/command';
import { tone, wavFile } from '../../sim/wav-files';

let folder: string;

/** A quiet tone with a mute over it has the same events whatever the models think of it. */
const MUTE = ['--mute', '0.2-0.5'];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-check-'));
  mkdirSync(join(folder, 'monday'));
  mkdirSync(join(folder, 'tuesday'));
  for (const name of ['monday/tone.wav', 'tuesday/tone.wav', 'quiet.wav'])
    writeFileSync(join(folder, name), wavFile(tone(440, 16_000, 16_000, 0.05)));
  writeFileSync(at('tiny.grammar'), 'stop: stop\n');
});

afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);

function put(name: string, ...items: object[]): string {
  writeFileSync(at(name), items.map((item) => JSON.stringify(item)).join('\n'));
  return at(name);
}

const linesOf = (name: string): Record<string, unknown>[] =>
  readFileSync(at(name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** With a grammar that is read in a moment: what is understood is not the point where nobody speaks. */
const replay = (...words: string[]) =>
  carriedOut(command, [...words, ...(words.includes(demo.path) ? [] : ['--grammar', at('tiny.grammar')])]);

const demo = findDemo();

describe('what --record writes, --expect finds as it was', () => {
  const spans = demo.mute.map(({ startMs, endMs }) => `${startMs / 1000}-${endMs / 1000}`).join();

  test.each(['node', 'xs'])(
    'in a file and in a folder, under %s',
    async (engine) => {
      const words = ['--engine', engine, '--mute', spans];
      for (const path of [demo.path, folder]) {
        const name = at(path === folder ? 'folder.jsonl' : 'file.jsonl');
        expect(await replay(path, ...words, '--record', name)).toMatchObject({ code: 0, problems: [] });
        expect(await replay(path, ...words, '--expect', name)).toMatchObject({ code: 0, problems: [] });
      }
      // other than that it fails: the switch is open where it was closed
      expect((await replay(demo.path, '--engine', engine, '--expect', at('file.jsonl'))).code).toBe(1);
      const heard = linesOf('file.jsonl');
      expect(heard).toContainEqual({ atMs: expect.any(Number), type: 'wakeWordHeard', word: 'jarvis' });
      expect(heard).toContainEqual(expect.objectContaining({ intent: 'setTimer' }));
      // what one engine writes, the other finds as it was
      const other = engine === 'xs' ? 'node' : 'xs';
      const crossed = await replay(
        demo.path,
        '--engine',
        other,
        '--mute',
        spans,
        '--expect',
        at('file.jsonl'),
      );
      expect(crossed).toMatchObject({ code: 0, problems: [] });
    },
    600_000,
  );

  test.each(['node', 'xs'])(
    'through the standard input, under %s',
    (engine) => {
      const words = ['replay', '-', '--engine', engine];
      const input = wavFile(tone(440, 16_000, 16_000, 0.05));
      const recorded = run([...words, ...MUTE, '--record', at('input.jsonl')], {}, { input });
      expect(recorded).toMatchObject({ code: 0, problems: [] });
      expect(recorded.out).toMatch(/standard input {2}1 s/);
      expect(run([...words, ...MUTE, '--expect', at('input.jsonl')], {}, { input }).code).toBe(0);
      expect(run([...words, '--expect', at('input.jsonl')], {}, { input }).code).toBe(1);
      expect(linesOf('input.jsonl').slice(1)).toEqual([
        { atMs: 200, type: 'muteChanged', muted: true },
        { atMs: 500, type: 'muteChanged', muted: false },
      ]);
    },
    600_000,
  );

  test('and so does what --json writes, of a file and of a folder', async () => {
    for (const path of [at('quiet.wav'), folder]) {
      const words = [path, ...MUTE, '--json', '--frames'];
      writeFileSync(at('events.jsonl'), (await replay(...words)).out);
      expect(linesOf('events.jsonl').every(({ file }) => typeof file === 'string')).toBe(true);
      expect(await replay(...words, '--expect', at('events.jsonl'))).toMatchObject({ code: 0, problems: [] });
      expect((await replay(path, '--expect', at('events.jsonl'))).code).toBe(1);
    }
  });
});

describe('expectations of a folder', () => {
  test('name a recording by as much of its path as tells it apart', async () => {
    await replay(folder, ...MUTE, '--record', at('all.jsonl'));
    const files = linesOf('all.jsonl').map(({ file }) => file);
    expect(new Set(files)).toEqual(new Set([undefined, 'monday/tone.wav', 'quiet.wav', 'tuesday/tone.wav']));
    const ambiguous = put('tone.jsonl', { type: 'muteChanged', file: 'tone.wav' });
    expect((await replay(folder, '--expect', ambiguous)).problems[0]).toMatch(
      /several recordings are named "tone\.wav": .*monday.*tuesday.*more of the path would tell them apart/,
    );
  });

  test('must say something of each recording', async () => {
    const some = put('some.jsonl', { type: 'muteChanged', file: 'quiet.wav' });
    const { code, problems } = await replay(folder, ...MUTE, '--expect', some);
    expect(code).toBe(2);
    expect(problems[0]).toMatch(
      /nothing is expected of .*monday\/tone\.wav, so nothing would be checked; .*\{"file":"monday\/tone\.wav","none":"wakeWordHeard"\}/,
    );
  });

  test('may say of all that nothing may come, and of one that something does', async () => {
    const none = put('none.jsonl', { none: ['wakeWordHeard', 'commandHeard'] });
    expect(await replay(folder, ...MUTE, '--expect', none)).toMatchObject({ code: 0, problems: [] });
    const mute = put('mute.jsonl', { none: 'muteChanged' });
    expect((await replay(folder, ...MUTE, '--expect', mute)).problems).toHaveLength(3 * 3);
    const one = put('one.jsonl', { none: 'wakeWordHeard' }, { only: 'muteChanged', file: 'quiet.wav' });
    expect((await replay(folder, ...MUTE, '--expect', one)).problems).toEqual([
      `earshot: ${at('quiet.wav')} is not as expected (− missing, + unexpected)`,
      '  + {"atMs":200,"type":"muteChanged","muted":true}',
      '  + {"atMs":500,"type":"muteChanged","muted":false}',
    ]);
    const both = put('both.jsonl', { none: 'muteChanged' }, { type: 'muteChanged', file: 'quiet.wav' });
    expect((await replay(folder, ...MUTE, '--expect', both)).problems[0]).toMatch(
      /of .*quiet\.wav both none and a muteChanged is expected/,
    );
  });
});

describe('--update', () => {
  const first = { type: 'muteChanged', atMs: 205, muted: true };

  test('keeps what is met as it is written, and renews the rest', async () => {
    const path = put('expected.jsonl', { none: 'wakeWordHeard' }, first, { type: 'muteChanged', atMs: 700 });
    const words = [at('quiet.wav'), ...MUTE, '--expect', path];
    expect(await replay(...words, '--update')).toMatchObject({
      code: 0,
      problems: [`earshot: ${path} is brought up to date: 1 added, 1 removed`],
    });
    expect(linesOf('expected.jsonl')).toEqual([
      { none: 'wakeWordHeard' },
      first,
      { atMs: 500, type: 'muteChanged', muted: false },
    ]);
    expect((await replay(...words)).code).toBe(0);
    expect((await replay(...words, '--update')).problems).toEqual([`earshot: ${path} is up to date`]);
  });

  test('of what comes no more leaves that it must not come, and an array an array', async () => {
    writeFileSync(at('expected.json'), JSON.stringify([first]));
    const words = [at('quiet.wav'), '--expect', at('expected.json')];
    expect((await replay(...words, '--update')).code).toBe(0);
    expect(JSON.parse(readFileSync(at('expected.json'), 'utf8'))).toEqual([{ only: ['muteChanged'] }]);
    expect((await replay(...words)).code).toBe(0);
    expect((await replay(...words, ...MUTE)).code).toBe(1);
  });

  test('takes no "none" back', async () => {
    const path = put('none.jsonl', { none: 'muteChanged' });
    const { code, problems } = await replay(at('quiet.wav'), ...MUTE, '--expect', path, '--update');
    expect({ code, problems }).toEqual({
      code: 1,
      problems: [
        `earshot: ${path} says none of muteChanged; --update does not take that back, so nothing is written`,
      ],
    });
    expect(linesOf('none.jsonl')).toEqual([{ none: 'muteChanged' }]);
  });
});

describe('--junit', () => {
  test('tells of each recording how it came out, and of those that could not be read', async () => {
    writeFileSync(at('letter & <wav>.wav'), 'Dear Jarvis');
    const path = put('expected.jsonl', { only: 'muteChanged' }, { type: 'muteChanged', file: 'quiet.wav' });
    const words = [at('quiet.wav'), at('monday'), at('letter & <wav>.wav'), ...MUTE];
    expect((await replay(...words, '--expect', path, '--junit', at('junit.xml'))).code).toBe(2);
    const xml = readFileSync(at('junit.xml'), 'utf8');
    expect(xml).toMatch(/<testsuites name="earshot" tests="3" failures="2" errors="1">/);
    expect(xml).toMatch(/name=".*quiet\.wav" time="1\.000">\n +<failure message="0 missing, 1 unexpected">/);
    expect(xml).toMatch(/letter &#38; &#60;wav&#62;\.wav">\n +<error message="not a recording;/);
  });
});

describe('a check that would pass by accident is refused', () => {
  test.each([
    [['--update'], /--update needs --expect FILE; --record FILE makes one/],
    [['--junit', 'x.xml'], /--junit needs --expect FILE/],
    [['--record', 'x.jsonl', '--expect', 'y.jsonl'], /one of them at a time/],
    [['--record', 'README.md'], /README\.md: is there already; --expect README\.md --update brings it up/],
  ])('%j', async (words, message) => {
    const { code, problems } = await replay(at('quiet.wav'), ...words);
    expect({ code, count: problems.length }).toEqual({ code: 2, count: 1 });
    expect(problems[0]).toMatch(message);
  });

  test.each([
    [['--expect=e.json', '--json'], /npm took --json and --expect for itself.*npm run replay -- /],
    [['--mute=1-2'], /npm took --mute for itself/],
  ])('with options that npm took for itself: %j', (options, message) => {
    const { code, problems } = run(
      ['run', '--silent', 'replay', at('quiet.wav'), ...options],
      {},
      { program: 'npm' },
    );
    expect(code).toBe(2);
    expect(problems.find((line) => line.startsWith('earshot:'))).toMatch(message);
  });

  test('but not those that npm was given', () => {
    const words = ['run', '--silent', 'replay', relative(ROOT, at('quiet.wav')), '--', ...MUTE, '--json'];
    expect(run(words, {}, { program: 'npm' })).toMatchObject({ code: 0, problems: [] });
  });
});
