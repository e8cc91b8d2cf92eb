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
  readonly onProgress: (piece: ImagePiece, share: number) => void;
}

/** Writes the pieces into the flash of the ESP32-S3 at a serial port, has the chip check them, and starts it. Throws
 * what the port or the chip says when either refuses. */
export async function writeFlash(
  port: PortDescription,
  pieces: readonly ImagePiece[],
  { baud, resets, flashMiB, onProgress }: FlashOptions,
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
    await loader.writeFlash({
      fileArray: pieces.map(({ data, address }) => ({ data, address })),
      // as ESP-IDF has built them
      flashMode: 'keep',
      flashFreq: 'keep',
      flashSize: 'keep',
      eraseAll: false,
      compress: true,
      reportProgress: (index, written, total) => onProgress(pieces[index] as ImagePiece, written / total),
      calculateMD5Hash: (bytes) => createHash('md5').update(bytes).digest('hex'),
    });
    if (resets) await loader.after('hard_reset');
  } finally {
    await transport.disconnect();
  }
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
