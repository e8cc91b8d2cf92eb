import { AudioError, type Block, type SoundStream } from './sound';

/** Which channel the ear hears: their mean, one of them (counted from 1), or that with the most sound in it. */
export type ChannelChoice = 'mix' | 'loudest' | number;

/** Channels of microphones in one place do not differ so much; in dB. */
const MOST_DIFFERENCE_DB = 20;
/** So much less than what is left of sounds that have nothing to do with each other is left only where they cancel; in dB. */
const CANCELLED_DB = 10;
/** Below this a channel holds nothing, in dB of full scale. */
const SILENCE_DB = -90;

/** @throws TypeError when the text is no choice */
export function parseChannel(text: string): ChannelChoice {
  if (text === 'mix' || text === 'loudest') return text;
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new TypeError(`'${text}': the number of a channel, from 1 on, mix or loudest would be right`);
}

/** @throws AudioError when there is no such channel */
export function checkChannel(choice: ChannelChoice, channelCount: number): void {
  if (typeof choice !== 'number' || choice <= channelCount) return;
  const right = channelCount === 1 ? '1' : `1 to ${channelCount}`;
  throw new AudioError(
    'unsupported',
    `has no channel ${choice}: it is ${describeShape(channelCount)}; --channel ${right} would be right`,
  );
}

/** `mono`, `stereo`, `6 channels`. */
export function describeShape(channelCount: number): string {
  return ['mono', 'stereo'][channelCount - 1] ?? `${channelCount} channels`;
}

/** The samples of one channel, or the mean of all. */
export function hear(block: Block, choice: 'mix' | number): Float32Array {
  const first = block[0] ?? new Float32Array(0);
  if (typeof choice === 'number') return block[choice - 1] ?? first;
  if (block.length < 2) return first;
  const mixed = new Float32Array(first.length);
  for (let i = 0; i < mixed.length; i++) {
    let sum = 0;
    for (const channel of block) sum += channel[i] as number;
    mixed[i] = sum / block.length;
  }
  return mixed;
}

/** How much sound each channel holds, and how much is left of it in their mean. */
export class ChannelLevels {
  readonly #energies: Float64Array;
  #mixEnergy = 0;
  #frameCount = 0;

  constructor(channelCount: number) {
    this.#energies = new Float64Array(channelCount);
  }

  take(block: Block, mix: Float32Array): void {
    for (const [channel, samples] of block.entries())
      (this.#energies[channel] as number) += energyOf(samples);
    this.#mixEnergy += energyOf(mix);
    this.#frameCount += mix.length;
  }

  /** Counted from 1. */
  get loudest(): number {
    return this.#energies.indexOf(Math.max(...this.#energies)) + 1;
  }

  /** What to know before one trusts the mean of the channels; undefined when there is nothing. */
  remark(): string | undefined {
    const channelCount = this.#energies.length;
    const levels = Array.from(this.#energies, (energy) => this.#levelDb(energy));
    const loudestDb = Math.max(...levels);
    if (channelCount < 2 || loudestDb < SILENCE_DB) return undefined;
    const total = this.#energies.reduce((sum, energy) => sum + energy, 0);
    const mixDb = this.#levelDb(this.#mixEnergy);
    const choose = '--channel N hears one of them, --channel loudest the loudest';
    if (mixDb < this.#levelDb(total / channelCount ** 2) - CANCELLED_DB)
      return `its channels cancel each other: their mix is ${decibels(loudestDb - mixDb)} quieter than channel ${this.loudest}; ${choose}`;
    const quietest = levels.indexOf(Math.min(...levels));
    const differenceDb = loudestDb - (levels[quietest] as number);
    if (differenceDb < MOST_DIFFERENCE_DB) return undefined;
    const difference =
      (levels[quietest] as number) < SILENCE_DB
        ? `channel ${quietest + 1} is silent`
        : `channel ${this.loudest} is ${decibels(differenceDb)} louder than channel ${quietest + 1}`;
    return `its channels differ much: ${difference}; their mix was heard: ${choose}`;
  }

  #levelDb(energy: number): number {
    return 10 * Math.log10(energy / Math.max(1, this.#frameCount) + 1e-20);
  }
}

function energyOf(samples: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += (samples[i] as number) ** 2;
  return sum;
}

function decibels(difference: number): string {
  return difference > 100 ? 'far' : `${Math.round(difference)} dB`;
}

/** The loudest channel of a whole stream, counted from 1. */
export async function loudestChannel(stream: SoundStream): Promise<number> {
  const levels = new ChannelLevels(stream.channelCount);
  for await (const block of stream.blocks) levels.take(block, new Float32Array(0));
  return levels.loudest;
}
