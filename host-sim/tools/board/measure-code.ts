import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../cli/problem';
import { ROOT } from '../../packages/root';

/** Debian's compiler for 32-bit Xtensa: of the chip's family, not the chip's own. */
const PREFIX = 'xtensa-lx106-elf-';
/** Debian has no C library for it: its own headers, one of ours, and the built-in functions of a chip that has one. */
const FLAGS = [
  '-std=c99',
  '-Os',
  '-ffreestanding',
  '-fbuiltin',
  `-I${join(ROOT, 'host-sim/tools/board/include')}`,
  '-c',
];
const FIRMWARE = join(ROOT, 'firmware');
const NATIVES = join(FIRMWARE, 'natives');
const PORTABLE = [
  'checksum',
  'features',
  'decoder',
  'ear',
  'mic',
  'mute',
  'queue',
  'ring',
  'cues',
  'resources',
];

export interface CodeSize {
  /** Variables outside of objects, which take RAM from the start. */
  readonly ramBytes: number;
  /** The ear task's object. */
  readonly earLoopBytes: number;
}

export function hasXtensaCompiler(): boolean {
  return spawnSync(`${PREFIX}gcc`, ['--version']).status === 0;
}

/** Compiles the portable natives for Xtensa and adds up their sizes. Throws Problem. */
export function measureCode(): CodeSize {
  if (!hasXtensaCompiler()) throw new Problem(`no ${PREFIX}gcc (Debian: apt-get install gcc-xtensa-lx106)`);
  const folder = mkdtempSync(join(tmpdir(), 'earshot-size-'));
  try {
    const objects = portableSources().map((source, index) => compile(join(folder, `${index}.o`), [source]));
    const [, data = 0, bss = 0] = lastLine(run('size', ['-t', ...objects]))
      .split(/\s+/)
      .map(Number);
    return { ramBytes: data + bss, earLoopBytes: sizeOfEarLoop(folder) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function portableSources(): string[] {
  return PORTABLE.flatMap((name) =>
    readdirSync(join(NATIVES, name))
      .filter((file) => file.endsWith('.c') && !file.endsWith('_xs.c'))
      .map((file) => join(NATIVES, name, file)),
  );
}

/** The size of a structure is the size of an array that is as large. */
function sizeOfEarLoop(folder: string): number {
  const header = join(FIRMWARE, 'esp32/ear_loop.h');
  const source = `#include "${header}"\nchar ear_probe[sizeof(ear_loop)];\n`;
  const object = compile(join(folder, 'probe.o'), ['-xc', '-'], source);
  const size = run('nm', ['-S', object]).split(/\s+/)[1];
  return Number.parseInt(size ?? '', 16);
}

function compile(object: string, words: readonly string[], input = ''): string {
  run('gcc', [...FLAGS, '-o', object, ...words], input);
  return object;
}

function run(tool: string, words: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(`${PREFIX}${tool}`, words, { encoding: 'utf8', input });
  if (status !== 0) throw new Problem(`${PREFIX}${tool}: ${stderr.trim()}`);
  return stdout.trim();
}

function lastLine(text: string): string {
  return text.split('\n').at(-1)?.trim() ?? '';
}

/** The value of a whole-number `#define` of a header of the firmware. Throws Problem. */
export function definedNumber(header: string, name: string): number {
  const text = readFileSync(join(FIRMWARE, header), 'utf8');
  const value = new RegExp(`^#define ${name} (\\d+)\\b`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Problem(`firmware/${header} defines no number ${name}`);
  return Number(value);
}
