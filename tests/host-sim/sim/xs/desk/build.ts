/** The XS host with the chip's own natives in it, over drivers that pretend (tests/firmware/esp32/fakes), and with the walks
 * through the portable natives that tests/firmware/xtensa has.
 *
 *     tsx tests/host-sim/sim/xs/desk/build.ts [--bits 32]     builds it and prints its path */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildXsHost } from '../../../../../host-sim/sim/xs/build';
import { writeIdentifiers } from '../../../../../host-sim/sim/xs/identifiers';
import { filesBelow, overXs, root, type SourceGroup } from '../../../../../host-sim/sim/xs/sources';

const chip = join(root, 'firmware/esp32');
const fakes = join(root, 'tests/firmware/esp32/fakes');
const headers = join(root, 'tests/firmware/esp32/headers');
const walks = join(root, 'tests/firmware/xtensa');
const identifiers = join(root, 'build/desk');
const desk = join(root, 'tests/host-sim/sim/xs/desk');

const FAKES = ['drivers_fake.c', 'freertos_fake.c', 'messages_fake.c'].map((name) => join(fakes, name));
/** The serial port is JavaScript's here; what the simulator's classes share with the chip's is in the host already, and files stand for flash. */
const NOT_HERE = [
  'serial_xs.c',
  'ear_setup_xs.c',
  'options.c',
  'record_xs.c',
  'record_flash.c',
  'resource_xs.c',
  'resource_flash.c',
  'resource_memory.c',
];

export function deskSources(): SourceGroup[] {
  const own = cFiles(chip, (name) => !NOT_HERE.includes(name));
  writeIdentifiers(identifiers, own, 'desk_machine');
  return [
    overXs([...own, ...FAKES, ...cFiles(desk)], [headers, fakes, identifiers]),
    {
      files: [
        ...cFiles(walks, (name) => name.startsWith('drive_')),
        join(walks, 'main.c'),
        join(walks, 'posix.c'),
      ],
      headers: [...filesBelow(walks), ...filesBelow(join(root, 'firmware/natives'))].filter((path) =>
        path.endsWith('.h'),
      ),
      flags: ['-std=c99', '-O2', '-Wall', '-Wextra', '-Werror', '-Dmain=harness_main'],
    },
  ];
}

function cFiles(folder: string, isWanted: (name: string) => boolean = () => true): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.c') && isWanted(name));
  return names.map((name) => join(folder, name));
}

async function main(): Promise<void> {
  const bits = process.argv.includes('32') ? 32 : 64;
  console.log(await buildXsHost({ bits, also: deskSources() }));
}

if (process.argv[1] === join(root, 'tests/host-sim/sim/xs/desk/build.ts')) void main();
