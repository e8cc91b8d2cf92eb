import { relative } from 'node:path';
import { command, type Values } from '../../cli/command';
import { Problem } from '../../cli/problem';
import { runCommand } from '../../cli/run-command';
import { boardNames, DEFAULT_BOARD, loadBoard } from '../../packages/boards';
import { ROOT } from '../../packages/speaker-parts';
import { type ImagePiece, readImage } from './image';
import {
  BOARDS,
  BUILD_MODES,
  type Build,
  type BuildMode,
  buildCommand,
  outputFolder,
  PARTITIONS,
} from './output';
import { type PortDescription, usbPorts } from './serial-port';
import { writeFlash } from './write-flash';

const HELP = `npm run flash -- [--board NAME] [--port PORT] [options]

Writes what npm run build has built into a board's flash, over its serial port or USB.

  --board NAME        a folder of boards/ (${DEFAULT_BOARD}): ${boardNames(BOARDS).join(', ')}
  --port PORT         such as /dev/ttyACM0 or COM3; need not be said when there is only one
  --mode MODE         the build that was made: ${BUILD_MODES.join(', ')} (release)
  --clip              the build that hears a recording in place of the microphone
  --portable-kernels  the build with TensorFlow Lite Micro's portable kernels
  --build FOLDER      a build in another place
  --baud RATE         bits a second (460800)
  --no-reset          the board is in download mode already: BOOT held while RESET was pressed; start it by RESET afterwards

Exit code: 0 written and checked, 1 the board does not answer or refuses, 2 an option is wrong or nothing is built.`;

const OPTIONS = {
  board: { type: 'string', default: DEFAULT_BOARD },
  port: { type: 'string' },
  mode: { type: 'string', default: 'release' },
  clip: { type: 'boolean', default: false },
  'portable-kernels': { type: 'boolean', default: false },
  build: { type: 'string' },
  baud: { type: 'string', default: '460800' },
  'no-reset': { type: 'boolean', default: false },
} as const;

const NO_WORDS = { name: '', hint: '--port PORT would be right', least: 0, most: 0 };

async function flash(values: Values<typeof OPTIONS>): Promise<number> {
  const { name, configuration } = loadBoard(values.board, BOARDS);
  const baud = Number(values.baud);
  if (!(Number.isInteger(baud) && baud >= 9600))
    throw new Problem(`--baud '${values.baud}': 460800 would be right`);
  const { clip: hasClip, 'portable-kernels': hasPortableKernels, build: folder } = values;
  const pieces = piecesOf({ board: name, mode: parseMode(values.mode), hasClip, hasPortableKernels, folder });
  const port = await choosePort(values.port);
  console.log(`${name} at ${port.path}`);
  try {
    await writeFlash(port, pieces, {
      baud,
      resets: !values['no-reset'],
      flashMiB: configuration.chip.flashMiB,
      onProgress: showProgress,
    });
  } catch (error) {
    console.error(`earshot: ${port.path}: ${(error as Error).message}`);
    console.error(
      'Is it the right port, and no other program at it? Else hold BOOT, press RESET, and add --no-reset.',
    );
    return 1;
  }
  console.log(values['no-reset'] ? 'written and checked; press RESET' : 'written, checked and started');
  return 0;
}

function parseMode(mode: string): BuildMode {
  const known = BUILD_MODES.find((each) => each === mode);
  if (!known) throw new Problem(`no mode '${mode}': there is ${BUILD_MODES.join(', ')}`);
  return known;
}

function piecesOf(build: Build): readonly ImagePiece[] {
  const folder = outputFolder(build);
  const pieces = readImage(folder, PARTITIONS);
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

function showProgress({ name, address, data }: ImagePiece, share: number): void {
  if (share < 1) return;
  console.log(`  0x${address.toString(16).padStart(6, '0')}  ${name}, ${data.length} bytes`);
}

runCommand(command({ name: 'flash', help: HELP, options: OPTIONS, words: NO_WORDS }, flash));
