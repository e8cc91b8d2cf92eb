import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import fc from 'fast-check';
import { sampleJoiner } from '../../../../host-sim/sim/audio/microphone';
import { run } from '../../cli/command';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-listen-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Puts a program named arecord first on the path. */
function listenThrough(script: string, ...options: string[]): ReturnType<typeof run> {
  const program = join(folder, 'arecord');
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  return run(['listen', ...options], { PATH: `${folder}${delimiter}${process.env.PATH}` });
}

describe('npm run listen', () => {
  test('hears what the recording program writes, until it ends', () => {
    const samples = join(folder, 'samples.raw');
    writeFileSync(samples, Buffer.alloc(32_000 + 1));
    const { code, out, problems } = listenThrough(`cat '${samples}'`);
    expect({ code, problems }).toEqual({ code: 0, problems: [] });
    expect(out).toMatch(/microphone, through arecord/);
    expect(out).toMatch(/0:00\.00 {2}ready/);
    expect(out).toMatch(/0 wake words/);
  });

  test('asks for 16 kHz mono in 16 bits', () => {
    const { problems } = listenThrough('echo "$@" >&2; exit 1');
    expect(problems[0]).toMatch(/-f S16_LE -r 16000 -c 1/);
  });

  test('takes another microphone where one is named', () => {
    const { problems } = listenThrough('echo "$@" >&2; exit 1', '--device', 'hw:1,0');
    expect(problems[0]).toMatch(/-D hw:1,0 .*-f S16_LE -r 16000 -c 1/);
  });

  test('tells the reason and not what the library of ALSA tries', () => {
    const noise = 'ALSA lib confmisc.c:855:(parse_card) cannot find card';
    const { problems } = listenThrough(
      `echo "${noise}" >&2; echo "arecord: main:831: audio open error" >&2; exit 1`,
    );
    expect(problems).toEqual(['earshot: the microphone gave no sound: arecord: main:831: audio open error']);
  });

  test('prints event lines with --json', () => {
    const { lines } = listenThrough('head -c 3200 /dev/zero', '--json');
    expect(lines.map((line) => JSON.parse(line).type)).toEqual(
      expect.arrayContaining(['recordingOpened', 'booted']),
    );
  });

  test('says in one line why there is no sound, exit code 2', () => {
    const { code, problems } = listenThrough('echo "arecord: no soundcards found" >&2; exit 1');
    expect(code).toBe(2);
    expect(problems).toEqual(['earshot: the microphone gave no sound: arecord: no soundcards found']);
  });

  test('says what to install when no program can record', () => {
    const { code, problems } = run(['listen'], { PATH: folder });
    expect(code).toBe(2);
    expect(problems).toEqual([
      'earshot: no program to record with: install arecord (alsa-utils), sox or ffmpeg',
    ]);
  });
});

describe('bytes from a pipe', () => {
  test('become the same samples wherever the pipe cuts them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -0x8000, max: 0x7fff })),
        fc.array(fc.nat(40)),
        (samples, cuts) => {
          const bytes = new Uint8Array(Int16Array.from(samples).buffer);
          const heard: number[] = [];
          const join = sampleJoiner((pcm) => heard.push(...pcm));
          let start = 0;
          for (const cut of [...cuts, bytes.length]) {
            join(bytes.subarray(start, start + cut));
            start = Math.min(bytes.length, start + cut);
          }
          expect(heard).toEqual(samples);
        },
      ),
    );
  });
});
