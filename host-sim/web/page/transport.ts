import type { EventLine } from '../../tools/replay/expect/expectations';

const SOUND_RATE = 16_000;

interface Cue {
  readonly sampleRate: number;
  readonly samples: Int16Array;
}

/** Where in the recording we are; plays it, and the speaker's own sounds with it. */
export class Transport {
  readonly #changed: () => void;
  readonly #cues = new Map<string, Cue>();
  #audio: AudioContext | undefined;
  #playing: AudioScheduledSourceNode[] = [];
  #pcm: Int16Array = new Int16Array();
  #events: readonly EventLine[] = [];
  #cuedUntilMs = 0;
  #atMs = 0;
  #sinceMs = 0;
  #isPlaying = false;
  endMs = 0;

  /** @param changed is called when it starts, stops or jumps */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  get atMs(): number {
    if (!this.#isPlaying) return this.#atMs;
    return Math.min(this.endMs, this.#atMs + performance.now() - this.#sinceMs);
  }

  get isAtEnd(): boolean {
    return this.endMs > 0 && this.atMs >= this.endMs;
  }

  load(pcm: Int16Array, endMs: number): void {
    this.pause();
    this.#pcm = pcm;
    this.endMs = endMs;
    this.#atMs = 0;
  }

  /** Where the speaker's sounds are told of. */
  follow(events: readonly EventLine[]): void {
    this.#events = events;
  }

  addCue(name: string, cue: Cue): void {
    this.#cues.set(name, cue);
  }

  play(): void {
    if (this.#isPlaying) return;
    if (this.isAtEnd) this.#atMs = 0;
    this.#isPlaying = true;
    this.#sinceMs = performance.now();
    this.#cuedUntilMs = this.#atMs;
    this.#startSound();
    this.#changed();
  }

  pause(): void {
    if (!this.#isPlaying) return;
    this.#atMs = this.atMs;
    this.#isPlaying = false;
    this.#stopSound();
    this.#changed();
  }

  seek(atMs: number): void {
    const goesOn = this.#isPlaying;
    if (goesOn) this.#stopSound();
    this.#atMs = Math.max(0, Math.min(this.endMs, atMs));
    this.#sinceMs = performance.now();
    this.#cuedUntilMs = this.#atMs;
    if (goesOn) this.#startSound();
    this.#changed();
  }

  /** Once a picture: sounds the cues that are due, stops at the end. */
  advance(): void {
    if (!this.#isPlaying) return;
    const { atMs } = this;
    this.#soundCues(this.#cuedUntilMs, atMs);
    this.#cuedUntilMs = atMs;
    if (this.isAtEnd) this.pause();
  }

  /** Sounds what a live speaker has just begun. */
  soundNow(event: EventLine): void {
    if (event.type === 'playCue') this.#sound(event);
  }

  #soundCues(fromMs: number, toMs: number): void {
    for (const event of this.#events)
      if (event.type === 'playCue' && event.atMs >= fromMs && event.atMs < toMs) this.#sound(event);
  }

  #sound({ cue, volumePercent }: EventLine): void {
    const sound = this.#cues.get(`${cue} ${volumePercent}`);
    if (sound) this.#start(sound.samples, sound.sampleRate, 0, 0.7);
  }

  #startSound(): void {
    if (this.#pcm.length > 0) this.#start(this.#pcm, SOUND_RATE, this.#atMs / 1000, 1);
  }

  #start(pcm: Int16Array, sampleRate: number, fromSeconds: number, loudness: number): void {
    this.#audio ??= new AudioContext();
    void this.#audio.resume();
    const buffer = this.#audio.createBuffer(1, pcm.length, sampleRate);
    const samples = buffer.getChannelData(0);
    for (let i = 0; i < pcm.length; i++) samples[i] = (pcm[i] as number) / 0x8000;
    const source = this.#audio.createBufferSource();
    const gain = this.#audio.createGain();
    gain.gain.value = loudness;
    source.buffer = buffer;
    source.connect(gain).connect(this.#audio.destination);
    source.start(0, fromSeconds);
    this.#playing.push(source);
    source.onended = () => {
      this.#playing = this.#playing.filter((each) => each !== source);
    };
  }

  #stopSound(): void {
    for (const source of this.#playing) source.stop();
    this.#playing = [];
  }
}
