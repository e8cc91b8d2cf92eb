import { type ChildProcess, spawn } from 'node:child_process';
import { Problem } from '../../cli/problem';
import { isOnPath } from './programs';

interface Recorder {
  readonly program: string;
  readonly options: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const SOX_RAW = '-t raw -e signed-integer -b 16 -L -r 16000 -c 1 -';
const FFMPEG_FORMAT: Readonly<Record<string, { readonly name: string; readonly device: string }>> = {
  linux: { name: 'alsa', device: 'default' },
  darwin: { name: 'avfoundation', device: ':default' },
};

/** Programs that write 16 kHz mono 16-bit samples to their output, the preferred one first. */
function recorders(platform: NodeJS.Platform, device: string | undefined): Recorder[] {
  const ffmpegFormat = FFMPEG_FORMAT[platform];
  // sox takes the name of its device from the environment
  const environment = device === undefined ? {} : { AUDIODEV: device };
  return [
    {
      program: 'arecord',
      options: [
        ...(device === undefined ? [] : ['-D', device]),
        ...words('-q -t raw -f S16_LE -r 16000 -c 1'),
      ],
    },
    { program: 'rec', options: words(`-q ${SOX_RAW}`), environment },
    { program: 'sox', options: words(`-q -d ${SOX_RAW}`), environment },
    ...(ffmpegFormat === undefined
      ? []
      : [
          {
            program: 'ffmpeg',
            options: [
              ...words(`-v error -nostdin -f ${ffmpegFormat.name} -i`),
              device ?? ffmpegFormat.device,
              ...words('-ac 1 -ar 16000 -f s16le -'),
            ],
          },
        ]),
  ];
}

function words(options: string): string[] {
  return options.split(' ');
}

/** What a program says last of all that it says; ALSA's library adds lines of its own about everything that it tries. */
function reasonIn(complaints: string): string | undefined {
  const lines = complaints.split('\n').filter((line) => line.trim() !== '');
  return (
    lines.find((line) => !/^(ALSA lib |Cannot connect to server|jack server)/.test(line)) ?? lines[0]
  )?.trim();
}

/** This computer's microphone, through whichever recording program is there. */
export class Microphone {
  readonly program: string;
  readonly #process: ChildProcess;
  #isClosed = false;

  /** Starts to record, from a device as the program names it, or from the usual one. Throws Problem when there is no
   * program that can. */
  constructor(
    onSamples: (pcm: Int16Array) => void,
    onEnded: (problem: string | undefined) => void,
    device?: string,
  ) {
    const found = recorders(process.platform, device).find(({ program }) => isOnPath(program));
    if (!found) throw new Problem('no program to record with: install arecord (alsa-utils), sox or ffmpeg');
    this.program = found.program;
    this.#process = spawn(found.program, found.options, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...found.environment },
    });
    const toSamples = sampleJoiner(onSamples);
    let complaints = '';
    this.#process.stdout?.on('data', toSamples);
    this.#process.stderr?.on('data', (text: Buffer) => {
      complaints = (complaints + text.toString()).slice(-2000);
    });
    this.#process.on('error', (error) => {
      complaints ||= error.message;
    });
    this.#process.on('close', (code) => {
      const reason = reasonIn(complaints) ?? `${found.program} ended with code ${code}`;
      onEnded(this.#isClosed || code === 0 ? undefined : reason);
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#process.kill();
  }
}

/** Makes whole little-endian samples of bytes that come in pieces of any length. */
export function sampleJoiner(onSamples: (pcm: Int16Array) => void): (bytes: Uint8Array) => void {
  let oddByte: number | undefined;
  return (bytes) => {
    const all = oddByte === undefined ? bytes : Uint8Array.of(oddByte, ...bytes);
    oddByte = all.length % 2 === 1 ? all[all.length - 1] : undefined;
    const view = new DataView(all.buffer, all.byteOffset, all.byteLength);
    const pcm = new Int16Array(all.length >> 1);
    for (let i = 0; i < pcm.length; i++) pcm[i] = view.getInt16(2 * i, true);
    if (pcm.length > 0) onSamples(pcm);
  };
}
