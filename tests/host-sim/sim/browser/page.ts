/** What the browser runs: the same session over the same natives; its event lines go back to the test. */
import type { MuteSpan } from '../../../../host-sim/sim/io/mute-spans';
import { Session } from '../../../../host-sim/sim/session';
import { type EarSetup, WasmEar } from '../../../../host-sim/sim/wasm/wasm-ear';

/** The parts of the speaker, with the names of files in place of bytes. */
export interface PageParts {
  readonly wakeWord: Omit<EarSetup['wakeWords'][number], 'tflite' | 'pronunciations' | 'verifier'>;
  readonly pronunciations: readonly number[] | null;
  readonly phones: Omit<NonNullable<EarSetup['commands']>['phones'], 'tflite'>;
  readonly mute: readonly MuteSpan[];
}

async function bytesOf(name: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(name)).arrayBuffer());
}

async function replay(): Promise<string[]> {
  const parts = (await (await fetch('parts.json')).json()) as PageParts;
  const natives = await WebAssembly.compile((await bytesOf('earshot.wasm')).buffer as ArrayBuffer);
  const setup = {
    wakeWords: [
      {
        ...parts.wakeWord,
        tflite: await bytesOf('wake.tflite'),
        verifier: { tflite: await bytesOf('verifier.tflite'), embedding: await bytesOf('embedding.tflite') },
        pronunciations: parts.pronunciations ? Uint8Array.from(parts.pronunciations) : undefined,
      },
    ],
    commands: {
      phones: { ...parts.phones, tflite: await bytesOf('phones.tflite') },
      network: await bytesOf('network'),
    },
  };
  const recording = new Int16Array((await bytesOf('recording')).buffer);
  const lines: string[] = [];
  const session = new Session({
    ear: new WasmEar(natives, setup, recording),
    pixelCount: 12,
    mute: parts.mute,
    ringFrames: true,
    write: (line) => lines.push(line),
  });
  while (session.step());
  return lines;
}

replay()
  .catch((error: Error) => [`the page failed: ${error.stack ?? error.message}`])
  .then((lines) => fetch('lines', { method: 'POST', body: lines.join('\n') }));
