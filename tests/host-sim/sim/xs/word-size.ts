import { buildXsHost, CompilerError, type XsHostOptions } from '../../../../host-sim/sim/xs/build';

/** The chip's 16-byte slots where this machine can compile for 32 bits. */
export async function wordSize(): Promise<NonNullable<XsHostOptions['bits']>> {
  try {
    await buildXsHost({ bits: 32 });
    return 32;
  } catch (error) {
    if (!(error instanceof CompilerError)) throw error;
    console.warn('64 bits instead of the chip’s 32: this compiler cannot make 32-bit programs');
    return 64;
  }
}
