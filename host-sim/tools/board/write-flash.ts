import { createHash } from 'node:crypto';
import { ESPLoader, Transport } from 'esptool-js';
import type { ImagePiece } from './image';
import { type PortDescription, WebSerialPort } from './serial-port';

/** The speed at which the chip's ROM listens first. */
const ROM_BAUD = 115_200;
const CHIP = 'ESP32-S3';

export interface FlashOptions {
  readonly baud: number;
  /** False for a board that a person has put into download mode, or whose port has no reset lines. */
  readonly resets: boolean;
  /** What the board has: with less the firmware would restart for ever, and say nothing. */
  readonly flashMiB: number;
  readonly onWritten: (piece: ImagePiece) => void;
  /** The flash has it already. */
  readonly onKept: (piece: ImagePiece) => void;
}

/** Writes the pieces that differ from what the flash of the ESP32-S3 at a serial port holds, has the chip check them, and
 * starts it. Throws what the port or the chip says when either refuses. */
export async function writeFlash(
  port: PortDescription,
  pieces: readonly ImagePiece[],
  { baud, resets, flashMiB, onWritten, onKept }: FlashOptions,
): Promise<void> {
  const transport = quietTransport(new WebSerialPort(port));
  const loader = new ESPLoader({
    transport,
    baudrate: baud,
    romBaudrate: ROM_BAUD,
    terminal: { clean: () => {}, write: () => {}, writeLine: () => {} },
  });
  try {
    await loader.main(resets ? 'default_reset' : 'no_reset');
    if (loader.chip.CHIP_NAME !== CHIP)
      throw new Error(`this is an ${loader.chip.CHIP_NAME}, not an ${CHIP}`);
    await checkFlashSize(loader, flashMiB);
    for (const piece of pieces) {
      const isKept = await isThere(loader, piece);
      if (!isKept) await writePiece(loader, piece);
      (isKept ? onKept : onWritten)(piece);
    }
    if (resets) await loader.after('hard_reset');
  } finally {
    await transport.disconnect();
  }
}

/** The chip says what its flash holds, as a checksum; one that cannot say gets everything. */
async function isThere(loader: ESPLoader, { address, data }: ImagePiece): Promise<boolean> {
  const held = await loader.flashMd5sum(address, data.length).catch(() => undefined);
  return held === md5Of(data);
}

function md5Of(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}

async function writePiece(loader: ESPLoader, { address, data }: ImagePiece): Promise<void> {
  await loader.writeFlash({
    fileArray: [{ data, address }],
    // as ESP-IDF has built them
    flashMode: 'keep',
    flashFreq: 'keep',
    flashSize: 'keep',
    eraseAll: false,
    compress: true,
    calculateMD5Hash: md5Of,
  });
}

/** A size that the flash does not tell is taken on trust. */
async function checkFlashSize(loader: ESPLoader, flashMiB: number): Promise<void> {
  const found = await loader.detectFlashSize();
  const [, size = '', unit] = /^(\d+)([KM])B$/.exec(found ?? '') ?? [];
  if (unit && Number(size) / (unit === 'K' ? 1024 : 1) < flashMiB)
    throw new Error(`its flash has ${size} ${unit}iB and the board's has ${flashMiB} MiB: is it this board?`);
}

function quietTransport(port: WebSerialPort): Transport {
  const transport = new Transport(port as never);
  // it would write to the console
  transport.trace = () => {};
  return transport;
}
