import { relative } from 'node:path';
import { Problem } from '../../cli/problem';
import { loadBoard } from '../../packages/boards';
import { ROOT } from '../../packages/root';
import { partitionsOf } from './flash-table';
import { type ImagePiece, readImage } from './image';
import { BOARDS, type Build, type BuildMode, buildCommand, outputFolder } from './output';
import type { Partition } from './partitions';
import { type PortDescription, usbPorts } from './serial-port';
import { writeFlash } from './write-flash';

export interface FlashOptions {
  readonly board: string;
  readonly port?: string;
  readonly mode: BuildMode;
  readonly clip?: boolean;
  readonly portableKernels?: boolean;
  /** Where the build lies, unless among the others. */
  readonly build?: string;
  /** Bits a second. */
  readonly baud: number;
  /** False for a board that a person has put into download mode. */
  readonly reset: boolean;
}

/** Returns the exit code. @throws Problem */
export async function flash(options: FlashOptions): Promise<number> {
  const { name, configuration } = loadBoard(options.board, BOARDS);
  const { mode, clip: hasClip = false, portableKernels: hasPortableKernels = false, build: folder } = options;
  const partitions = partitionsOf(configuration.module.flashMiB);
  const pieces = piecesOf({ board: name, mode, hasClip, hasPortableKernels, folder }, partitions);
  const { baud, reset: resets } = options;
  const port = await choosePort(options.port);
  console.log(`${name} at ${port.path}`);
  try {
    await writeFlash(port, pieces, {
      baud,
      resets,
      flashMiB: configuration.module.flashMiB,
      onWritten: (piece) => console.log(lineOf(piece)),
      onKept: (piece) => console.log(`${lineOf(piece)}: there already`),
    });
  } catch (error) {
    console.error(`earshot: ${port.path}: ${(error as Error).message}`);
    console.error(
      'Is it the right port, and no other program at it? Else hold BOOT, press RESET, and add --no-reset.',
    );
    return 1;
  }
  console.log(resets ? 'written, checked and started' : 'written and checked; press RESET');
  return 0;
}

function piecesOf(build: Build, partitions: readonly Partition[]): readonly ImagePiece[] {
  const folder = outputFolder(build);
  const pieces = readImage(folder, partitions);
  if (pieces) return pieces;
  throw new Problem(`nothing is built in ${relative(ROOT, folder)}: ${buildCommand(build)}`);
}

/** The port asked for, or the only one on USB. */
async function choosePort(path: string | undefined): Promise<PortDescription> {
  const ports = await usbPorts();
  if (path !== undefined) return ports.find((port) => port.path === path) ?? { path };
  const [only, ...others] = ports;
  if (only && others.length === 0) return only;
  const names = ports.map((port) => port.path).join(', ');
  throw new Problem(
    only ? `--port: which of ${names}?` : '--port: no serial port on USB is there; is the board plugged in?',
  );
}

function lineOf({ name, address, data }: ImagePiece): string {
  return `  0x${address.toString(16).padStart(6, '0')}  ${name}, ${data.length} bytes`;
}
