import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../packages/root';
import { SAMPLE_RATE } from '../../sim/audio/sound';
import { Machine } from '../../sim/wasm/machine';
import { natives } from '../../sim/wasm/natives';
import { clipFile } from '../board/clip';
import type { EventLine } from './expect/expectations';

const VOICE = join(ROOT, 'models', 'voice', 'voice.bin');
const PACK_BYTES = 64;
const PIECE_SAMPLES = SAMPLE_RATE;

/** Writes what the speaker's loudspeaker gave during a replay as a WAV file, 16 kHz, mono, 16 bits, on the recording's axis of
 * time: its cues and what it said, by the C that the chip plays them with. */
export function writeSpoken(file: string, events: readonly EventLine[], soundMs: number): void {
  writeFileSync(file, clipFile(spoken(events, Math.round((soundMs * SAMPLE_RATE) / 1000))));
}

/** So many samples of it. */
export function spoken(events: readonly EventLine[], sampleCount: number): Int16Array {
  const loudspeaker = new Loudspeaker(new Int16Array(sampleCount));
  for (const event of events) {
    if (event.type === 'playCue')
      loudspeaker.play(event.atMs, String(event.cue), Number(event.volumePercent));
    if (event.type === 'say')
      loudspeaker.say(event.atMs, event.clips as readonly string[], Number(event.volumePercent));
    if (event.type === 'stopCue') loudspeaker.stop(event.atMs);
  }
  loudspeaker.finish();
  return loudspeaker.pcm;
}

/** One sound at a time: a new one ends the old within 5 ms. */
class Loudspeaker {
  readonly #machine = new Machine(natives());
  readonly #pack = this.#machine.allocate(PACK_BYTES);
  readonly #players = {
    cue: this.#machine.allocate(this.#machine.native('cue_bytes')()),
    voice: this.#machine.allocate(this.#machine.native('voice_bytes')()),
  };
  readonly #samples = this.#machine.allocate(PIECE_SAMPLES * 2);
  #sounding: 'cue' | 'voice' | undefined;
  #at = 0;

  constructor(readonly pcm: Int16Array) {
    const file = readFileSync(VOICE);
    if (!this.#machine.native('voice_pack_open')(this.#pack, this.#machine.place(file), file.length))
      throw new Error(`${VOICE} is damaged`);
  }

  play(atMs: number, cue: string, volumePercent: number): void {
    this.stop(atMs);
    const number = this.#machine.native('cue_of_name')(this.#machine.placeText(cue));
    this.#machine.native('cue_init')(this.#players.cue, number, SAMPLE_RATE, volumePercent);
    this.#sounding = 'cue';
  }

  say(atMs: number, clips: readonly string[], volumePercent: number): void {
    this.stop(atMs);
    const lines = this.#machine.placeText(clips.join('\n'));
    this.#machine.native('voice_begin')(this.#players.voice, this.#pack, lines, SAMPLE_RATE, volumePercent);
    this.#sounding = 'voice';
  }

  stop(atMs: number): void {
    const until = Math.round((atMs * SAMPLE_RATE) / 1000);
    this.#render(until);
    if (this.#sounding) this.#machine.native(`${this.#sounding}_stop`)(this.#players[this.#sounding]);
    this.#render(this.pcm.length); // its fading out
    this.#at = Math.max(this.#at, until);
  }

  finish(): void {
    this.#render(this.pcm.length);
  }

  /** What sounds, until it ends or that sample. */
  #render(until: number): void {
    while (this.#sounding && this.#at < until) {
      const wanted = Math.min(PIECE_SAMPLES, until - this.#at);
      const player = this.#players[this.#sounding];
      const count = this.#machine.native(`${this.#sounding}_render`)(player, this.#samples, wanted);
      this.pcm.set(this.#machine.samples(this.#samples, count), this.#at);
      this.#at += count;
      if (count < wanted) this.#sounding = undefined;
    }
  }
}
