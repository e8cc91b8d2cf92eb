import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../../host-sim/packages/root';
import { idfVersion, sdkVersion } from '../../../../host-sim/tools/board/toolchain';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Headers, and the compiler that reads them, with its options. */
export interface Kit {
  readonly headers: string;
  readonly command: readonly string[];
  /** Whether they are ESP-IDF's and the SDK's own. */
  readonly isReal: boolean;
}

export const SMALL_HEADERS = join(ROOT, 'tests/firmware/esp32/headers');
const WARNINGS = ['-Wall', '-Wextra', '-Werror'];
/** As the SDK calls its compiler. */
const DEFINES = ['__ets__', 'ESP32=3', 'mxUseDefaultSharedChunks=1', 'BOOTLOADER_BUILD=1', 'ESP_PLATFORM'];

/** For C: the real headers where all that they need is there. What a build would generate is read from `scratch`. */
export function cKit(environment: Environment, scratch: string): Kit {
  const { IDF_PATH: idf, MODDABLE: sdk, CHIP_CC = 'xtensa-esp32s3-elf-gcc', CC = 'cc' } = environment;
  if (!idf || !sdk || !runs(CHIP_CC)) {
    const command = [CC, '-std=gnu17', ...WARNINGS, '-DESP32=3', `-I${scratch}`, `-I${SMALL_HEADERS}`];
    return { headers: 'the small headers of tests/firmware/esp32', command, isReal: false };
  }
  writeFileSync(join(scratch, 'mc.defines.h'), '#pragma once\n');
  const xs = ['includes', 'platforms/esp', 'platforms/mc', 'sources'].map((name) => join(sdk, 'xs', name));
  const command = [
    CHIP_CC,
    '-std=gnu17',
    ...WARNINGS,
    '-U__STRICT_ANSI__',
    ...DEFINES.map((name) => `-D${name}`),
    `-I${scratch}`,
    `-I${join(ROOT, 'tests/firmware/esp32/sdk')}`,
    ...[...xs, ...idfFolders(idf, sdk)].map((folder) => `-isystem${folder}`),
    ...(environment.CHIP_CFLAGS ?? '').split(' ').filter(Boolean),
  ];
  const versions = `ESP-IDF ${idfVersion(idf) ?? '?'} and Moddable SDK ${sdkVersion(sdk) ?? '?'}`;
  return { headers: `${versions}, by ${CHIP_CC}`, command, isReal: true };
}

/** For C++, of which TensorFlow Lite Micro's headers ask nothing that is the chip's own. Undefined without a compiler. */
export function cppKit(environment: Environment, scratch: string): Kit | undefined {
  const { ESP_TFLITE_MICRO: tflm, CXX = 'c++' } = environment;
  if (!runs(CXX)) return undefined;
  const command = [CXX, '-std=c++17', '-fno-exceptions', ...WARNINGS];
  if (!tflm)
    return {
      headers: 'the small headers of tests/firmware/esp32',
      command: [...command, `-I${SMALL_HEADERS}`],
      isReal: false,
    };
  const third = ['flatbuffers/include', 'gemmlowp', 'ruy', 'kissfft'].map((name) =>
    join(tflm, 'third_party', name),
  );
  copyFileSync(join(SMALL_HEADERS, 'esp_heap_caps.h'), join(scratch, 'esp_heap_caps.h'));
  const folders = [tflm, ...third].map((folder) => `-isystem${folder}`);
  return {
    headers: 'those of esp-tflite-micro',
    command: [...command, '-fsyntax-only', `-I${scratch}`, ...folders],
    isReal: true,
  };
}

/** Those that the SDK's own makefile lists. */
function idfFolders(idf: string, sdk: string): string[] {
  const makefile = readFileSync(join(sdk, 'tools/mcconfig/make.esp32.mk'), 'utf8');
  const variables: Environment = {
    ESP32_SUBCLASS: 'esp32s3',
    ESP_ARCH: 'xtensa',
    ESP32_BT_SUBCLASS: 'esp32',
  };
  const listed = makefile.slice(makefile.indexOf('DRIVER_DIRS =')).matchAll(/\$\(IDF_PATH\)(\/\S+)/g);
  const paths = [...listed].map(([, path = '']) =>
    path.replaceAll(/\$\((\w+)\)/g, (_, name: string) => variables[name] ?? '?'),
  );
  return [...new Set(paths)].map((path) => join(idf, path)).filter((folder) => existsSync(folder));
}

function runs(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0;
}
