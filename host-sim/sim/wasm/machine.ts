/// <reference types="webassembly-js-api" />
/** The natives as WebAssembly: functions by name, and memory handed out once and never given back, as on the chip. */

type Native = (...args: number[]) => number;

export class Machine {
  private readonly memory: WebAssembly.Memory;
  private readonly exports: Readonly<Record<string, unknown>>;
  private top: number;

  /** @param natives earshot.wasm, compiled: one serves any number of machines */
  constructor(natives: WebAssembly.Module) {
    this.exports = new WebAssembly.Instance(natives, {}).exports as Readonly<Record<string, unknown>>;
    this.memory = this.exports.memory as WebAssembly.Memory;
    this.top = (this.exports.__heap_base as { readonly value: number }).value;
  }

  /** The native function of that name; its pointers and numbers are plain numbers. */
  native(name: string): Native {
    const found = this.exports[name];
    if (typeof found !== 'function') throw new TypeError(`earshot.wasm has no function ${name}`);
    return found as Native;
  }

  /** Address of `byteLength` zeroed bytes, aligned to 16. */
  allocate(byteLength: number): number {
    const address = (this.top + 15) & ~15;
    this.top = address + byteLength;
    const missing = this.top - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / 65536));
    return address;
  }

  /** Address of a copy of these bytes. */
  place(bytes: Uint8Array): number {
    const address = this.allocate(bytes.byteLength);
    this.bytes(address, bytes.byteLength).set(bytes);
    return address;
  }

  placeText(text: string): number {
    return this.place(new TextEncoder().encode(`${text}\0`));
  }

  /** A view that is valid until the next `allocate`. */
  bytes(address: number, byteLength: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, byteLength);
  }

  samples(address: number, count: number): Int16Array {
    return new Int16Array(this.memory.buffer, address, count);
  }

  text(address: number, maxBytes = 1024): string {
    const bytes = this.bytes(address, Math.min(maxBytes, this.memory.buffer.byteLength - address));
    const end = bytes.indexOf(0);
    return new TextDecoder().decode(bytes.subarray(0, end < 0 ? bytes.length : end));
  }
}
