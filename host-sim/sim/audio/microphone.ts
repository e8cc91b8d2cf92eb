import { type ChildProcess, spawn } from 'node:child_process';
import { Problem } from '../../cli/problem';
import { isOnPath } from './programs';

interface Recorder {
  readonly program: string;
  readonly options: readonly string[];
}

const SOX_RAW = '-t raw -e signed-integer -b 16 -L -r 16000 -c 1 -';
const FFMPEG_INPUT: Readonly<Record<string, string>> = {
  linux: '-f alsa -i default',
  darwin: '-f avfoundation -i :default',
};

/** Programs that write 16 kHz mono 16-bit samples to their output, the preferred one first. */
function recorders(platform: NodeJS.Platform): Recorder[] {
  const ffmpegInput = FFMPEG_INPUT[platform];
  return [
    recorder('arecord', '-q -t raw -f S16_LE -r 16000 -c 1'),
    recorder('rec', `-q ${SOX_RAW}`),
    recorder('sox', `-q -d ${SOX_RAW}`),
    ...(ffmpegInput === undefined
      ? []
      : [recorder('ffmpeg', `-v error -nostdin ${ffmpegInput} -ac 1 -ar 16000 -f s16le -`)]),
  ];
}

function recorder(program: string, options: string): Recorder {
  return { program, options: options.split(' ') };
}

/** This computer's microphone, through whichever recording program is there. */
export class Microphone {
  readonly program: string;
  readonly #process: ChildProcess;
  #isClosed = false;

  /** Starts to record. Throws Problem when there is no program that can. */
  constructor(onSamples: (pcm: Int16Array) => void, onEnded: (problem: string | undefined) => void) {
    const found = recorders(process.platform).find(({ program }) => isOnPath(program));
    if (!found) throw new Problem('no program to record with: install arecord (alsa-utils), sox or ffmpeg');
    this.program = found.program;
    this.#process = spawn(found.program, found.options, { stdio: ['ignore', 'pipe', 'pipe'] });
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
      const reason = complaints.trim().split('\n')[0] || `${found.program} ended with code ${code}`;
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
