import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { Problem } from '../../cli/problem';
import { pinsOf, SERIAL_PORT } from '../../packages/board-pins';
import { loadBoard } from '../../packages/boards';
import { ROOT } from '../../packages/root';
import { readClip } from './clip';
import { checkLength } from './clip-room';
import { partitionsOf } from './flash-table';
import { type ImagePiece, mergeImage, RESOURCES, readImage, readMap, removeImage } from './image';
import { readLinkerMap } from './linker-map';
import { nativeSources } from './native-sources';
import { BOARDS, type Build, type BuildMode, flashCommand, outputFolder } from './output';
import { OWN_RESOURCES, resourcesToBuild } from './own-resources';
import { type Partition, partitionNamed } from './partitions';
import { firmwareSize, sizeExcesses, sizeTable } from './size-table';
import { findToolchain, withPackagePrograms } from './toolchain';
import { manifestOf } from './variant';

export interface BuildOptions {
  readonly board: string;
  readonly debug?: boolean;
  readonly instrument?: boolean;
  /** A recording to hear in place of the microphone. */
  readonly clip?: string;
  readonly portableKernels?: boolean;
  /** Where to build, unless among the others. */
  readonly output?: string;
}

const MODE_OPTION: Readonly<Record<BuildMode, readonly string[]>> = {
  release: [],
  debug: ['-d'],
  instrument: ['-i'],
};

/** Returns the exit code. @throws Problem */
export async function build(options: BuildOptions): Promise<number> {
  if (options.debug && options.instrument) throw new Problem('either --debug or --instrument, not both');
  const mode = options.debug ? 'debug' : options.instrument ? 'instrument' : 'release';
  const { name, configuration } = loadBoard(options.board, BOARDS);
  if (mode !== 'release' && pinsOf(configuration).some(({ pin }) => SERIAL_PORT.includes(pin))) {
    const pins = SERIAL_PORT.join(' and ');
    throw new Problem(`--${mode}: Moddable's debugger takes pins ${pins}, which ${name} has for its sound`);
  }
  const { clip: file, portableKernels: hasPortableKernels = false, output: folder } = options;
  const clip = file === undefined ? undefined : await readClip(file);
  if (clip && file !== undefined) checkLength(clip, file, hasPortableKernels);
  const env = withPackagePrograms(process.env);
  const toolchain = findToolchain(env);
  if ('explanation' in toolchain) {
    console.error(`earshot: cannot build for ${name}; ${toolchain.explanation.join('\n  ')}`);
    return 2;
  }
  const made = { board: name, mode, hasClip: clip !== undefined, hasPortableKernels, folder } as const;
  const output = outputFolder(made);
  mkdirSync(output, { recursive: true });
  removeImage(output);
  rmSync(mergedFile(made, output), { force: true });
  const partitions = partitionsOf(configuration.module.flashMiB);
  const { file: resources, isOwn } = resourcesToBuild();
  if (isOwn) console.log(`with your own wake words and grammar: ${relative(ROOT, OWN_RESOURCES)}`);
  writeFileSync(join(output, RESOURCES), resources);
  const manifest = manifestOf({ clip, hasPortableKernels }, name, join(output, 'variant'));
  // relative: mcconfig makes the whole argument lower case, and folders above this may have capitals
  const platform = `esp32:./${relative(ROOT, join(BOARDS, name))}`;
  const { status } = spawnSync(
    toolchain.mcconfig,
    [...MODE_OPTION[mode], '-m', '-t', 'build', '-p', platform, '-o', output, manifest],
    { cwd: ROOT, env, stdio: 'inherit' },
  );
  if (status !== 0) return fail(`mcconfig, which ended with ${status ?? 'a signal'}, says above why`);
  try {
    report(made, output, partitions);
  } catch (error) {
    if (error instanceof Problem) return fail(error.message);
    throw error;
  }
  return 0;
}

function fail(why: string): number {
  console.error(`earshot: the build failed; ${why}`);
  return 1;
}

function pieceLine({ name, address, data }: ImagePiece): string {
  const where = address.toString(16).padStart(6, '0');
  return `  0x${where}  ${name}, ${data.length.toLocaleString('en-GB')} bytes`;
}

function mergedFile({ board }: Build, output: string): string {
  return join(output, `earshot-${board}.bin`);
}

/** Throws Problem when the build is not whole, does not fit or is over its budget. */
function report(build: Build, output: string, partitions: readonly Partition[]): void {
  const pieces = readImage(output, partitions);
  if (!pieces) throw new Problem(`mcconfig left no firmware below ${output}; ESP-IDF says above why`);
  const natives = new Set(nativeSources().map((path) => basename(path)));
  const size = firmwareSize(readLinkerMap(readMap(output)), natives);
  const merged = mergedFile(build, output);
  writeFileSync(merged, mergeImage(pieces));
  const slot = partitionNamed(partitions, 'ota_0');
  const firmware = pieces.find(({ address }) => address === slot.offset)?.data.length ?? 0;
  console.log(`firmware: ${firmware} bytes, ${Math.round((firmware * 100) / slot.size)} % of its slot`);
  console.log(sizeTable(size, firmware));
  for (const piece of pieces) console.log(pieceLine(piece));
  console.log(`whole flash, from address 0: ${relative(ROOT, merged)}`);
  console.log(`onto the board: ${flashCommand(build)}`);
  // builds for debugging carry much that no speaker has
  const excesses = build.mode === 'release' ? sizeExcesses(size) : [];
  if (excesses.length > 0) throw new Problem(`the firmware is over its budget: ${excesses.join('; ')}`);
}
