/// <reference types="webassembly-js-api" />
import { readFileSync } from 'node:fs';
import { type EarSetup, WasmEar } from './wasm-ear';

let compiled: WebAssembly.Module | undefined;

/** The committed earshot.wasm, compiled once in a Node process. */
export function natives(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(readFileSync(new URL('./earshot.wasm', import.meta.url)));
  return compiled;
}

/** @param recording 16 kHz mono samples for `hear` to begin with */
export function createEar(setup: EarSetup, recording?: Int16Array): WasmEar {
  return new WasmEar(natives(), setup, recording);
}
