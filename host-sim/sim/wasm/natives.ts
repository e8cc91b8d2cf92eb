/// <reference types="webassembly-js-api" />
import { readFileSync } from 'node:fs';
import { equip, type Hearing } from '../../../firmware/core/hearing';
import { WasmEar } from './wasm-ear';

let compiled: WebAssembly.Module | undefined;

/** The committed earshot.wasm, compiled once in a Node process. */
export function natives(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(readFileSync(new URL('./earshot.wasm', import.meta.url)));
  return compiled;
}

/** @param recording 16 kHz mono samples for `hear` to begin with
 * @throws ModelError when a model or the grammar is not what the natives take */
export function createEar(hearing: Partial<Hearing<Uint8Array>>, recording?: Int16Array): WasmEar {
  const ear = new WasmEar(natives(), recording);
  equip(ear, hearing);
  return ear;
}
