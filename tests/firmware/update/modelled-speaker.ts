import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { Store } from '../../../firmware/core/ports';
import { asciiJson } from '../../../firmware/record/bytes';
import type { Offer } from '../../../firmware/update/offer';
import type { CopyIndex, Part } from '../../../firmware/update/parts';
import type { TwoCopies, UpdatePorts } from '../../../firmware/update/ports';
import { Updater } from '../../../firmware/update/updater';

export const COPY_BYTES = 64;
const keys = generateKeyPairSync('ed25519');

/** The file of an update: its two lines, and the bytes behind them. */
export interface Made {
  readonly lines: string;
  readonly bytes: Uint8Array;
}

export function makeUpdate(
  contents: Readonly<Partial<Record<Part, string>>>,
  more: Partial<Offer> = {},
  key = keys.privateKey,
): Made {
  const pieces = (['resources', 'firmware'] as const).flatMap((part) => {
    const text = contents[part];
    return text === undefined ? [] : [{ part, bytes: Buffer.from(text) }];
  });
  const parts = pieces.map(({ part, bytes }) => {
    return { part, byteLength: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  });
  const offer = { serial: 2, version: '0.2', board: 'desk', changes: ['It is better.'], parts, ...more };
  const line = asciiJson({ earshot: 1, ...offer });
  const lines = `${line}\n${sign(null, Buffer.from(line), key).toString('base64')}`;
  return { lines, bytes: new Uint8Array(Buffer.concat(pieces.map(({ bytes }) => bytes))) };
}

export class PowerCut extends Error {}

interface Flash {
  readonly bytes: readonly [Uint8Array, Uint8Array];
  next: CopyIndex;
  /** As a chip's bootloader has it: firmware that was started and does not say that it is well is not started again. */
  trial: 'none' | 'due' | 'started';
}

/** A speaker whose power can fail at any change of its flash; it keeps what was written and starts anew. */
export class ModelledSpeaker {
  readonly #kept = new Map<string, string>();
  readonly #flash: Record<Part, Flash> = { resources: flashOf('old models'), firmware: flashOf('old code') };
  /** How many changes are left until the power goes. */
  changesLeft = Number.POSITIVE_INFINITY;
  changes = 0;
  restarts = 0;
  selfTestProblems: readonly string[] = [];
  /** Whether new firmware gets as far as to its updater. */
  newCodeStarts = true;
  updater: Updater;

  constructor() {
    this.updater = this.#start();
  }

  /** What the copies that the running start took begin with. */
  get running(): Readonly<Record<Part, string>> {
    return { resources: this.#textOf('resources'), firmware: this.#textOf('firmware') };
  }

  /** Starts, and again as often as it wants to or the power goes. */
  startAnew(): void {
    for (let starts = 0; ; starts += 1) {
      if (starts > 10) throw new Error('it starts over and over');
      const before = this.restarts;
      try {
        this.updater = this.#start();
        if (this.running.firmware.startsWith('new') && !this.newCodeStarts) continue; // its watchdog bites
        this.updater.start();
      } catch (error) {
        if (!(error instanceof PowerCut)) throw error;
        this.changesLeft = Number.POSITIVE_INFINITY;
        continue;
      }
      if (this.restarts === before) return;
    }
  }

  #start(): Updater {
    const { firmware } = this.#flash;
    if (firmware.trial === 'started') Object.assign(firmware, { trial: 'none', next: other(firmware.next) });
    else if (firmware.trial === 'due') firmware.trial = 'started';
    return new Updater(this.#ports());
  }

  #ports(): UpdatePorts {
    return {
      board: 'desk',
      builtSerial: 1,
      copies: { resources: this.#copies('resources'), firmware: this.#copies('firmware') },
      store: this.#store(),
      sha256: () => {
        const hash = createHash('sha256');
        return { update: (bytes) => void hash.update(bytes), finish: () => new Uint8Array(hash.digest()) };
      },
      verify: (message, signature) => verify(null, message, keys.publicKey, signature),
      selfTest: (done) => done(this.selfTestProblems),
      restart: () => {
        this.restarts += 1;
      },
      onChanged: () => {},
      onEnded: () => {},
    };
  }

  #copies(part: Part): TwoCopies {
    const flash = this.#flash[part];
    const active = flash.next;
    const spare = flash.bytes[other(active)];
    return {
      active,
      byteLength: COPY_BYTES,
      write: (offset, bytes) => this.#change(() => spare.set(bytes, offset)),
      read: (offset, into) => into.set(spare.subarray(offset, offset + into.length)),
      problem: () => (Buffer.from(spare).includes('unfit') ? 'a model has operator 7' : undefined),
      activate: () =>
        this.#change(() =>
          Object.assign(flash, { next: other(active), trial: part === 'firmware' ? 'due' : 'none' }),
        ),
      confirm: () => this.#change(() => Object.assign(flash, { trial: 'none' })),
      revert: () => this.#change(() => Object.assign(flash, { next: other(active), trial: 'none' })),
    };
  }

  #store(): Store {
    return {
      read: (key) => this.#kept.get(key),
      write: (key, value) => this.#change(() => this.#kept.set(key, value)),
      delete: (key) => this.#change(() => this.#kept.delete(key)),
      close: () => {},
    };
  }

  #change(make: () => void): void {
    this.changes += 1;
    if (this.changesLeft <= 0) throw new PowerCut();
    this.changesLeft -= 1;
    make();
  }

  #textOf(part: Part): string {
    const { bytes, next } = this.#flash[part];
    return Buffer.from(bytes[next]).toString().replace(/\0.*$/, '');
  }
}

function flashOf(text: string): Flash {
  const old = new Uint8Array(COPY_BYTES);
  old.set(Buffer.from(text));
  return { bytes: [old, new Uint8Array(COPY_BYTES)], next: 0, trial: 'none' };
}

function other(index: CopyIndex): CopyIndex {
  return index === 0 ? 1 : 0;
}
