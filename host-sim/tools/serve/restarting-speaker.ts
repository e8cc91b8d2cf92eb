import { createHash, type KeyObject } from 'node:crypto';
import { MemoryStore } from '../../../firmware/fallbacks/memory-store';
import type { Pages } from '../../../firmware/record/ports';
import type { UpdatePorts } from '../../../firmware/update/ports';
import { Updater } from '../../../firmware/update/updater';
import { Problem } from '../../cli/problem';
import { resourceFileOf } from '../../packages/firmware-models';
import { type LoadedHearing, type LoadedSpeaker, storedSettings } from '../../packages/speaker';
import { hearingOfFile } from '../../sim/flashed-speaker';
import type { BrokerHome } from '../../sim/mqtt/broker-home';
import { serveSpeaker } from '../../sim/serve/served-speaker';
import { HOP_SAMPLES } from '../../sim/session';
import { MemoryCopies } from '../../sim/update/memory-copies';
import { selfTest } from '../../sim/update/self-test';
import { verifierOf } from '../../sim/update/update-keys';
import { createEar } from '../../sim/wasm/natives';
import type { WasmEar } from '../../sim/wasm/wasm-ear';
import type { HomeMaker } from '../broker-home';
import { demoRecording } from '../replay/recordings/demo';

/** Room for a copy of the resources, as on a board with 16 MiB. */
const RESOURCE_BYTES = 4 * 1024 * 1024;
/** The bundled recording begins with somebody who says this and a command. */
const SPOKEN = 'jarvis';
const SELF_TEST_SAMPLES = 6 * 16_000;

export interface RestartingOptions {
  readonly speaker: LoadedSpeaker;
  /** As its folder is named. */
  readonly board: string;
  readonly pages: Pages;
  /** Whose updates it takes; none without. */
  readonly updateKey?: KeyObject;
  /** A home for each of its lives, where there is a broker. */
  readonly makeHome?: HomeMaker | undefined;
  /** It begins anew. */
  readonly onRestart?: () => void;
}

/** A simulated speaker with its dashboard that can be updated: flash outlasts its restarts, all else begins anew. Its
 * firmware is this program; what updates bring it is resources. */
export class RestartingSpeaker {
  readonly #options: RestartingOptions;
  readonly #store: MemoryStore;
  readonly #resources: MemoryCopies | undefined;
  #ear!: WasmEar;
  #served!: ReturnType<typeof serveSpeaker>;
  #home: BrokerHome | undefined;
  #waitingSamples = 0;
  #muted = false;

  constructor(options: RestartingOptions) {
    const { speaker, updateKey } = options;
    this.#options = options;
    this.#store = new MemoryStore(storedSettings(speaker));
    if (updateKey) {
      const file = speaker.resourceFile ?? resourceFileOf(speaker.hearing);
      this.#resources = new MemoryCopies(file, RESOURCE_BYTES, (bytes) => this.#problemOf(bytes));
    }
    this.#start();
  }

  get dashboard() {
    return this.#served.dashboard;
  }

  /** Resolves when its broker has let it in, where there is one. @throws Problem */
  get connected(): Promise<void> {
    return this.#home?.connected ?? Promise.resolve();
  }

  async close(): Promise<void> {
    await this.#home?.close();
  }

  hear(samples: Int16Array): void {
    this.#ear.feed(samples);
    const waiting = this.#waitingSamples + samples.length;
    this.#waitingSamples = waiting % HOP_SAMPLES;
    for (let steps = Math.floor(waiting / HOP_SAMPLES); steps > 0; steps -= 1) this.#served.session.step();
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    this.#served.session.setMuted(muted);
  }

  #start(): void {
    const { speaker, pages, updateKey, makeHome } = this.#options;
    void this.close(); // of the life before
    this.#home = makeHome?.();
    const hearing = this.#resources ? this.#hearingIn(this.#resources.active) : speaker.hearing;
    const updater =
      updateKey && this.#resources && new Updater(this.#portsOf(updateKey, this.#resources, hearing));
    this.#ear = createEar(hearing);
    this.#served = serveSpeaker({
      ear: this.#ear,
      pixelCount: speaker.board.ringPixels,
      pages,
      store: this.#store,
      updater: () => updater,
      makeHome: this.#home?.make,
      write: () => {},
    });
    this.#served.session.setMuted(this.#muted);
    updater?.start();
  }

  #restart(): void {
    this.#start();
    this.#options.onRestart?.();
  }

  #portsOf(key: KeyObject, resources: MemoryCopies, hearing: LoadedHearing): UpdatePorts {
    return {
      board: this.#options.board,
      builtSerial: 0,
      copies: { resources: resources.atStart() },
      store: this.#store,
      sha256: () => {
        const hash = createHash('sha256');
        return { update: (bytes) => void hash.update(bytes), finish: () => new Uint8Array(hash.digest()) };
      },
      verify: verifierOf(key),
      selfTest: (done) => done(selfTest(hearing, SPOKEN, demoRecording().subarray(0, SELF_TEST_SAMPLES))),
      restart: () => queueMicrotask(() => this.#restart()),
      onChanged: () => this.#served.dashboard.tellUpdate(),
      onEnded: ({ version, failure }) =>
        this.#served.session.device.recorder?.add({
          type: 'update',
          version,
          ...(failure === undefined ? {} : { failure }),
        }),
    };
  }

  #hearingIn(file: Uint8Array): LoadedHearing {
    return hearingOfFile('the update', file, this.#options.speaker.board);
  }

  #problemOf(file: Uint8Array): string | undefined {
    try {
      this.#hearingIn(file);
      return undefined;
    } catch (error) {
      if (error instanceof Problem) return error.message;
      throw error;
    }
  }
}
