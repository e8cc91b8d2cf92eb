/** Whether the build would take the chip's natives and the boards' manifests, in a minute and without a build:
 *
 *     npm run build:check
 *
 * Every native that a manifest names is compiled, with the identifiers of XS that the SDK's xsid finds and no others, and
 * every file that a manifest names must be there. The environment says which headers are read; without any of these, the
 * small ones of tests/firmware/esp32/headers:
 *
 *     IDF_PATH, MODDABLE   ESP-IDF 6.0 and the SDK 8.2; the small headers' prototypes are then held to theirs
 *     ESP_TFLITE_MICRO     esp-tflite-micro 1.3.8 or later
 *     CHIP_CC              a C compiler for Xtensa; unless said xtensa-esp32s3-elf-gcc
 *     CHIP_CFLAGS          what that one needs to find its C library, such as `-isystem FOLDER`
 *
 * Where mcconfig is in PATH, it is given the manifests too. Exit code: 0 all well, 1 not. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { boardNames } from '../../../host-sim/packages/boards';
import { ROOT } from '../../../host-sim/packages/root';
import { nativeSources } from '../../../host-sim/tools/board/native-sources';
import { BOARDS } from '../../../host-sim/tools/board/output';
import { findProgram } from '../../../host-sim/tools/board/toolchain';
import { complaints } from './check/compile';
import { cKit, cppKit, type Environment } from './check/kits';
import { missingFiles } from './check/manifests';
import { writePrototypesAgain } from './check/prototypes';

interface Outcome {
  readonly what: string;
  /** What is wrong; nothing when all is well. */
  readonly problems: string;
}

const FIRMWARE = join(ROOT, 'manifest.json');

function checkNatives(environment: Environment, scratch: string): Outcome[] {
  const c = nativeSources().filter((path) => path.endsWith('.c'));
  const cpp = nativeSources().filter((path) => path.endsWith('.cpp'));
  const forC = cKit(environment, scratch);
  const forCpp = cppKit(environment, scratch);
  const natives = [
    { what: `${c.length} natives in C against ${forC.headers}`, problems: complaints(forC, c, scratch) },
    forCpp
      ? { what: `${cpp.length} in C++ against ${forCpp.headers}`, problems: complaints(forCpp, cpp, scratch) }
      : { what: `${cpp.length} in C++ not compiled, for want of a compiler`, problems: '' },
  ];
  if (!forC.isReal) return natives;
  const again = writePrototypesAgain(scratch);
  const what = `${again.length} small headers of tests/firmware/esp32 against those`;
  return [...natives, { what, problems: complaints(forC, again, scratch) }];
}

function checkManifests(environment: Environment, scratch: string): Outcome[] {
  const names = boardNames(BOARDS);
  const manifests = [FIRMWARE, ...names.map((name) => join(BOARDS, name, 'manifest.json'))];
  const missing = [...new Set(manifests.flatMap((path) => missingFiles(path, environment)))];
  const outcome = {
    what: `${manifests.length} manifests: every file that they name`,
    problems: missing.join('\n'),
  };
  const mcconfig = findProgram('mcconfig', environment);
  if (!mcconfig) return [outcome];
  const refused = names.flatMap((name) => refusalOf(mcconfig, name, join(scratch, 'mcconfig')));
  return [outcome, { what: `${names.length} boards, by mcconfig`, problems: refused.join('\n') }];
}

/** Without -m mcconfig writes a makefile and builds nothing. */
function refusalOf(mcconfig: string, board: string, output: string): string[] {
  const platform = `esp32:./${relative(ROOT, join(BOARDS, board))}`;
  const words = ['-t', 'build', '-p', platform, '-o', output, FIRMWARE];
  const { status, stdout, stderr } = spawnSync(mcconfig, words, { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? [] : [`${board}: ${stdout}${stderr}`];
}

function main(environment: Environment): number {
  const scratch = mkdtempSync(join(tmpdir(), 'earshot-check-'));
  try {
    const outcomes = [...checkNatives(environment, scratch), ...checkManifests(environment, scratch)];
    for (const { what, problems } of outcomes) {
      console.log(`${problems ? 'not well' : 'well'}: ${what}`);
      if (problems) console.error(problems);
    }
    return outcomes.some(({ problems }) => problems !== '') ? 1 : 0;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

process.exitCode = main(process.env);
