/** What the browser runs: the same session over the same natives; its event lines go back to the test. */
import { equip, type Hearing, withModels } from '../../../../firmware/core/hearing';
import type { MuteSpan } from '../../../../host-sim/sim/io/mute-spans';
import { Session } from '../../../../host-sim/sim/session';
import { WasmEar } from '../../../../host-sim/sim/wasm/wasm-ear';

export interface PageSetup {
  /** Models are names of files. */
  readonly hearing: Hearing<string>;
  readonly models: readonly string[];
  readonly mute: readonly MuteSpan[];
  readonly ringFrames: boolean;
}

async function bytesOf(name: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(name)).arrayBuffer());
}

async function replay(): Promise<string[]> {
  const setup = (await (await fetch('setup.json')).json()) as PageSetup;
  const natives = await WebAssembly.compile((await bytesOf('earshot.wasm')).buffer as ArrayBuffer);
  const models = new Map<string, Uint8Array>();
  for (const name of setup.models) models.set(name, await bytesOf(name));
  const recording = new Int16Array((await bytesOf('recording')).buffer);
  const ear = new WasmEar(natives, recording);
  equip(
    ear,
    withModels(setup.hearing, (name) => models.get(name) as Uint8Array),
  );
  const lines: string[] = [];
  const session = new Session({
    ear,
    pixelCount: 12,
    mute: setup.mute,
    ringFrames: setup.ringFrames,
    write: (line) => lines.push(line),
  });
  while (session.step());
  return lines;
}

replay()
  .catch((error: Error) => [`the page failed: ${error.stack ?? error.message}`])
  .then((lines) => fetch('lines', { method: 'POST', body: lines.join('\n') }));
