import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoRecording } from '../../../../host-sim/tools/replay/recordings/demo';
import { clusterInterval } from '../../../../host-sim/tools/score/interval';
import { align, errorsOf, saidOf } from '../../../../host-sim/tools/score/phone-alignment';
import { phonesOf } from '../../../../host-sim/tools/score/phone-probe';
import { describeConfusions, describeRows, rowsOf } from '../../../../host-sim/tools/score/phones-report';
import { type Transcribed, transcribedIn, voicesOf } from '../../../../host-sim/tools/score/transcripts';
import { run } from '../../cli/command';
import { wavFile } from '../../sim/wav-files';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-phones-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

const phones = (text: string): string[] => text.split(' ').filter((phone) => phone !== '');
const YES_NO = [[phones('Y EH S')], [phones('N OW')]];

describe('phones heard beside those said', () => {
  test.each([
    ['Y EH S N OW', 0],
    ['', 5],
    ['Y AE S N OW', 1],
    ['Y EH N OW', 1],
    ['T Y EH S N OW UW', 2],
    ['EH S T N AO', 3],
  ])('%s: %d errors of 5', (heard, errors) => {
    const pairs = align(YES_NO, phones(heard));
    expect([errorsOf(pairs), saidOf(pairs)]).toEqual([errors, 5]);
    expect(pairs.flatMap((pair) => pair.heard ?? [])).toEqual(phones(heard));
  });

  test('are compared with the variant that fits best, word by word', () => {
    const ways = [[phones('DH AH'), phones('DH IY')], [phones('EH N D')]];
    const pairs = align(ways, phones('DH IY EH N'));
    expect(pairs.map(({ said }) => said)).toEqual(phones('DH IY EH N D'));
    expect(errorsOf(pairs)).toBe(1);
  });

  test('are those of the best path, repeats and blanks left out', () => {
    expect(phonesOf([0, 1, 1, 0, 1, 2, 2, 0, 0, 39])).toEqual(['AA', 'AA', 'AE', 'ZH']);
    expect(phonesOf([])).toEqual([]);
  });
});

describe('the interval by talker', () => {
  test('is that of Student for talkers who say equally much', () => {
    const [low, high] = clusterInterval([10, 20, 30].map((count) => ({ count, of: 100 }))) ?? [];
    expect(low).toBe(0); // 0.2 ± 4.303 · 0.1 / √3
    expect(high).toBeCloseTo(0.2 + 4.303 * (0.1 / Math.sqrt(3)), 10);
  });

  test('does not narrow when the same talkers say more, but when there are more of them', () => {
    const widthOf = (talkers: number, of: number): number => {
      const all = Array.from({ length: talkers }, (_, i) => ({ count: of * (0.4 + 0.02 * (i % 3)), of }));
      const [low, high] = clusterInterval(all) as readonly [number, number];
      return high - low;
    };
    expect(widthOf(9, 9000)).toBeCloseTo(widthOf(9, 90), 10);
    expect(widthOf(90, 90)).toBeLessThan(widthOf(9, 90) / 3);
  });

  test('is unknown for a single one', () => {
    expect(clusterInterval([{ count: 1, of: 10 }])).toBeUndefined();
  });
});

const recording = (over: Partial<Transcribed>): Transcribed => ({
  path: 'a.wav',
  words: ['yes'],
  corpus: 'desk',
  talker: '1',
  split: 'dev',
  ageYears: undefined,
  voices: 'people',
  ...over,
});

describe('the report', () => {
  const wrong = [{ count: 3, of: 10 }];

  test('has a row for each corpus and age, and keeps splits apart', () => {
    const rows = rowsOf([
      { recording: recording({ ageYears: 8 }), wrong },
      { recording: recording({ split: 'train', ageYears: 12 }), wrong },
      { recording: recording({ talker: '2', ageYears: 60 }), wrong: [{ count: 1, of: 30 }] },
    ]);
    expect(rows.map(({ name, recordings, talkers, said }) => [name, recordings, talkers, said])).toEqual([
      ['desk, dev', 2, 2, 40],
      ['desk, train', 1, 1, 10],
      ['60 years and more, dev', 1, 1, 30],
      ['children to 12, dev', 1, 1, 10],
      ['children to 12, train', 1, 1, 10],
    ]);
    expect(rows[0]?.wrong[0]?.share).toBeCloseTo(4 / 40, 10);
  });

  test('takes talkers of the same number in two corpora for two', () => {
    const ageYears = 30;
    const both = [recording({ ageYears }), recording({ ageYears, corpus: 'car' })];
    const rows = rowsOf(both.map((each) => ({ recording: each, wrong })));
    expect(rows.at(-1)).toMatchObject({ name: '18 to 59 years, dev', talkers: 2 });
  });

  test('says so where talkers are unknown or a single one', () => {
    const unknown = rowsOf([{ recording: recording({ talker: undefined, split: '' }), wrong }]);
    expect(describeRows('phones', ['clean'], unknown).at(-1)).toMatch(
      /^desk +1 +unknown +10 +30\.0 % \(one talker\)$/,
    );
  });

  test('lists what was heard for what, the most frequent first', () => {
    const said = align([[phones('Y EH S')]], phones('Y AE S'));
    const pairs = [...said, ...said, ...align([[phones('Y EH S')]], phones('T Y EH'))];
    expect(describeConfusions(pairs).map((line) => line.trim())).toEqual([
      '2 × EH heard as AE, 66.7 % of its kind',
      '1 × T heard where nothing was said',
      '1 × S  not heard, 33.3 % of its kind',
    ]);
  });
});

const HEADING = 'file\tcorpus\tspeaker\tsplit\tage\ttext\tvoices';

function table(name: string, ...lines: string[]): string {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'people.tsv'), `${[HEADING, ...lines].join('\n')}\n`);
  return join(folder, name);
}

describe('recordings and what is said in them', () => {
  test('are those of people.tsv, people unless it says otherwise', () => {
    const path = table('people', 'x/a.wav\tdesk\t7\tdev\t8\tOh, it’s on\t', 'b.wav\t\t\t\t\tno\tmade');
    expect(transcribedIn(path)).toEqual([
      {
        path: join(path, 'x/a.wav'),
        words: ['oh', "it's", 'on'],
        corpus: 'desk',
        talker: '7',
        split: 'dev',
        ageYears: 8,
        voices: 'people',
      },
      {
        path: join(path, 'b.wav'),
        words: ['no'],
        corpus: 'people',
        talker: undefined,
        split: '',
        ageYears: undefined,
        voices: 'made',
      },
    ]);
  });

  test('of people and of machines are not in one figure', () => {
    const both = transcribedIn(table('both', 'a.wav\t\t1\t\t\tyes\t', 'b.wav\t\t1\t\t\tno\tmade'));
    expect(() => voicesOf(both, undefined)).toThrow(/score them apart/);
    expect(() => voicesOf(both.slice(0, 1), 'made')).toThrow(/score them apart/);
    expect(voicesOf(both.slice(1), undefined)).toBe('made');
    expect(() => voicesOf([recording({ voices: undefined })], undefined)).toThrow(/nobody says whose voices/);
    expect(voicesOf([recording({ voices: undefined })], 'people')).toBe('people');
    expect(() => voicesOf([], 'mine')).toThrow(/--voices 'mine': people or made/);
  });

  test.each([
    ['a.wav\t\t1\t\t\tset a timer for 5 minutes\t', /line 2: .*numbers are to be written as words/],
    ['a.wav\t\t1\t\t\t…\t', /line 2: there are no words/],
    ['a.wav\t\t1\t\t\tyes\tmine', /line 2: "voices" is 'mine'; people or made/],
    ['a.wav\t\t1\t\told\tyes\t', /line 2: "age" is 'old'; a number of years/],
  ])('%j is refused', (line, why) => {
    expect(() => transcribedIn(table('wrong', line))).toThrow(why);
  });

  test('need a table with the columns, or texts beside them', () => {
    mkdirSync(join(folder, 'bare'), { recursive: true });
    writeFileSync(join(folder, 'bare', 'a.wav'), '');
    expect(() => transcribedIn(join(folder, 'bare'))).toThrow(/neither a people.tsv nor a .txt/);
    writeFileSync(join(folder, 'bare', 'people.tsv'), 'file\ttext\n');
    expect(() => transcribedIn(join(folder, 'bare'))).toThrow(/names no column speaker/);
  });
});

describe('npm run phones:score', () => {
  const said = (fromSeconds: number, toSeconds: number): Uint8Array =>
    wavFile(
      Array.from(demoRecording().subarray(fromSeconds * 16_000, toSeconds * 16_000), (each) => each / 32_768),
    );

  function commandsFolder(): string {
    const path = join(folder, 'commands');
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'light.wav'), said(3.3, 5));
    writeFileSync(join(path, 'light.txt'), 'Turn on the kitchen light.\n');
    writeFileSync(join(path, 'volume.wav'), said(26.9, 29.6));
    writeFileSync(join(path, 'volume.txt'), 'set the volume to thirty percent\n');
    return path;
  }

  test('counts phones, and words with a grammar, clean and in noise', () => {
    const path = commandsFolder();
    const noise = join(folder, 'noise.wav');
    writeFileSync(noise, said(13, 17));
    const home = join(__dirname, '../../../../models/home/home.grammar');
    const { out, code, problems } = run(
      ['phones:score', '--json', '--voices', 'made', '--confusions', '--noise', noise, '--snr', '6'].concat([
        '--grammar',
        home,
        path,
      ]),
    );
    expect({ code, problems }).toEqual({ code: 0, problems: [] });
    const result = JSON.parse(out.trim().split('\n').at(-1) as string);
    expect(result).toMatchObject({ voices: 'made', conditions: ['clean', '6 dB'] });
    expect(result.phones).toMatchObject([{ name: 'commands', recordings: 2 }]);
    expect(result.words).toMatchObject([{ name: 'commands', recordings: 2, said: 11 }]);
    const [clean, noisy] = result.phones[0].wrong.map(({ share }: { share: number }) => share);
    expect(result.phones[0].said).toBeGreaterThan(35);
    expect(clean).toBeLessThan(0.5);
    expect(noisy).toBeGreaterThan(clean);
    expect(result.words[0].wrong[0].share).toBe(0);
    expect(out).toContain('made voices, which say nothing of people');
    expect(out).toContain('Confusions, 6 dB');
  });

  test('does not guess whose voices they are', () => {
    const { code, problems } = run(['phones:score', commandsFolder()]);
    expect(code).not.toBe(0);
    expect(problems.join()).toMatch(/nobody says whose voices these are: --voices people or --voices made/);
  });

  test('tells which splits there are', () => {
    const { problems } = run(['phones:score', '--split', 'test', table('split', 'a.wav\t\t1\tdev\t\tyes\t')]);
    expect(problems.join()).toMatch(/--split 'test': no recording is of it; there is 'dev'/);
  });
});
