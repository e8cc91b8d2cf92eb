import { basename } from 'node:path';
import type { Placed } from './linker-map';

const KIB = 1024;
/** All but recordings: the slot of the smallest flash. */
export const CODE_LIMIT = 1792 * KIB;
/** What a firmware on the ESP32-S3 has of internal RAM; DMA reaches all of it. */
const INTERNAL_RAM = 341_760;
/** What of it is taken before anything runs: the rest is for hearing, Wi-Fi and tasks. */
export const STATIC_RAM_LIMIT = 112 * KIB;

interface Share {
  readonly what: string;
  readonly bytes: number;
}

export interface FirmwareSize {
  /** Bytes of flash by what they are for, the largest first. */
  readonly flash: readonly Share[];
  readonly codeBytes: number;
  readonly staticRamBytes: number;
  /** What of that is code that must not wait for flash. */
  readonly ramCodeBytes: number;
}

const IN_FLASH = /^\.(flash\.|dram0\.data|iram0\.(text|vectors|data)|rtc\.(text|data|force)|eh_frame)/;
const RAM_CODE = /^\.iram0\.(text|vectors)/;
const IN_RAM = /^\.(dram0\.(data|bss)|iram0\.(text|vectors|data|bss)|noinit)/;
/** They take an address, and nothing in a file. */
const NOT_IN_FLASH = /noload/;

const RESOURCES = 'recordings';
const OTHERS = 'ESP-IDF and C library, the rest';

/** The SDK's own makefile makes one library of JavaScript, natives, resources and XS. */
const OF_THE_SDK = /^xs_esp32\w*\.a$/;
const LIBRARIES: readonly (readonly [RegExp, string])[] = [
  [/^lib.*esp-tflite-micro\.a$/, 'TensorFlow Lite Micro'],
  [/^lib.*esp-nn\.a$/, 'ESP-NN'],
  [
    /^lib(net80211|pp|phy|core|coexist|wapi|espnow|mesh|smartconfig|wpa_supplicant|esp_wifi|esp_phy|esp_coex)\.a$/,
    'Wi-Fi',
  ],
  [/^lib(lwip|esp_netif)\.a$/, 'TCP/IP'],
  [/^lib(mbed.*|tfpsacrypto|everest|builtin|p256m|esp-tls)\.a$/, 'cryptography'],
];

/** Adds up what the linker placed. `natives` are the names of the firmware's own sources, such as `ear.c`. */
export function firmwareSize(placed: readonly Placed[], natives: ReadonlySet<string>): FirmwareSize {
  const inFlash = placed.filter(({ section }) => IN_FLASH.test(section) && !NOT_IN_FLASH.test(section));
  const parts = new Map<string, number>();
  for (const { file, bytes } of inFlash) {
    const part = partOf(file, natives);
    parts.set(part, (parts.get(part) ?? 0) + bytes);
  }
  const flash = [...parts].map(([what, bytes]) => ({ what, bytes })).sort((a, b) => b.bytes - a.bytes);
  return {
    flash,
    codeBytes: total(flash.filter(({ what }) => what !== RESOURCES)),
    staticRamBytes: total(placed.filter(({ section }) => IN_RAM.test(section))),
    ramCodeBytes: total(placed.filter(({ section }) => RAM_CODE.test(section))),
  };
}

/** What a file of the linker is for. */
function partOf(file: string, natives: ReadonlySet<string>): string {
  const [, library = '', object = ''] = /^(.*?)\((.*)\)$/.exec(file) ?? [];
  const name = basename(library);
  if (!OF_THE_SDK.test(name)) return LIBRARIES.find(([pattern]) => pattern.test(name))?.[1] ?? OTHERS;
  const source = object.replace(/\.o(bj)?$/, '');
  if (source === 'mc.resources.c') return RESOURCES;
  if (source === 'mc.xs.c') return 'JavaScript';
  return natives.has(source) ? 'natives' : 'XS and Moddable’s modules';
}

/** The table that a build prints; `imageBytes` is the firmware's file. */
export function sizeTable(
  { flash, codeBytes, staticRamBytes, ramCodeBytes }: FirmwareSize,
  imageBytes: number,
): string {
  const rest = { what: 'headers and gaps', bytes: imageBytes - total(flash) };
  const width = number(imageBytes).length;
  const row = (bytes: number, what: string) => `  ${number(bytes).padStart(width)}  ${what}`;
  return [
    ...[...flash, rest].map(({ bytes, what }) => row(bytes, what)),
    row(codeBytes, `of these code, of ${number(CODE_LIMIT)}`),
    row(staticRamBytes, `internal RAM from the start, of ${number(STATIC_RAM_LIMIT)}`),
    row(ramCodeBytes, 'of these code that must not wait for flash'),
    row(
      INTERNAL_RAM - staticRamBytes,
      `internal RAM left, for DMA too; ${number(INTERNAL_RAM - STATIC_RAM_LIMIT)} at least`,
    ),
  ].join('\n');
}

/** What is over its budget, a sentence each. */
export function sizeExcesses({ codeBytes, staticRamBytes }: FirmwareSize): string[] {
  return [
    { what: 'code', bytes: codeBytes, limit: CODE_LIMIT },
    { what: 'internal RAM from the start', bytes: staticRamBytes, limit: STATIC_RAM_LIMIT },
  ]
    .filter(({ bytes, limit }) => bytes > limit)
    .map(({ what, bytes, limit }) => `${what} has ${number(bytes)} bytes; its budget is ${number(limit)}`);
}

function total(shares: readonly { readonly bytes: number }[]): number {
  return shares.reduce((sum, { bytes }) => sum + bytes, 0);
}

function number(value: number): string {
  return value.toLocaleString('en-GB');
}
