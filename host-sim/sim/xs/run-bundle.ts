import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { buildXsHost, type XsHostOptions } from './build';
import { ESP32_S3_MACHINE, type MachineSize } from './machine-size';

export interface BundleRun extends XsHostOptions {
  /** One module, ES2022, that imports none and finds `host` around it (see host.h), and `native` and `Native` (see native_functions.h). */
  readonly bundle: string;
  /** A module that lies in flash with all that it made when it was evaluated; the bundle imports it as `preloaded`. */
  readonly preloaded?: string;
  readonly size?: MachineSize;
  /** What `host.configuration()` returns. */
  readonly configuration?: string;
  /** Files by name, for `host.readFile(name)`. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  /** Given what is in files by these names when the machine has ended, however it did. */
  readonly onEnd?: Readonly<Record<string, (bytes: Uint8Array) => void>>;
}

/** What a machine had, what it used at most (garbage not yet collected included) and what it held in the end. */
export interface MachineStatistics {
  readonly slots: { readonly available: number; readonly peak: number; readonly live: number };
  readonly chunkBytes: { readonly available: number; readonly peak: number; readonly live: number };
  readonly stackSlots: { readonly available: number; readonly peak: number };
  readonly slotBytes: number;
  readonly garbageCollections: number;
  /** XS instructions run; a machine of 32 bits counts modulo 2³². */
  readonly steps: number;
}

/** The machine ended before its time. The message is "reason: detail". */
export class XsError extends Error {
  override readonly name = 'XsError';

  constructor(
    message: string,
    /** 1 out of memory, 2 stack overflow, 5 exception, 8 rejection; others in platform_exit.h. */
    readonly exitCode: number | null,
  ) {
    super(message);
  }
}

/** Runs a bundle in a machine of its own and gives each line that it prints. Throws XsError, or CompilerError. */
export async function* runBundle(options: BundleRun): AsyncGenerator<string, MachineStatistics> {
  const program = await buildXsHost(options);
  const folder = mkdtempSync(join(tmpdir(), 'earshot-xs-'));
  try {
    return yield* runIn(folder, program, options);
  } finally {
    for (const [name, take] of Object.entries(options.onEnd ?? {}))
      take(new Uint8Array(readFileSync(join(folder, name))));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function* runIn(
  folder: string,
  program: string,
  options: BundleRun,
): AsyncGenerator<string, MachineStatistics> {
  const child = spawn(program, argumentsFor(folder, options), {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  );
  const complaints = text(child.stderr);
  try {
    yield* createInterface({ input: child.stdout });
  } finally {
    child.kill(); // whoever wants no more lines wants no more machine; one that has ended does not mind
  }
  const exitCode = await ended;
  const lastWords = (await complaints).trim();
  if (exitCode !== 0) throw new XsError(lastWords || `ended by ${child.signalCode}`, exitCode);
  return JSON.parse(lastWords) as MachineStatistics;
}

function argumentsFor(folder: string, options: BundleRun): string[] {
  const { slots, chunkBytes, stackSlots } = options.size ?? ESP32_S3_MACHINE;
  writeFileSync(join(folder, 'bundle.js'), options.bundle);
  writeFileSync(join(folder, 'configuration'), options.configuration ?? '');
  for (const [name, bytes] of Object.entries(options.files ?? {})) writeFileSync(join(folder, name), bytes);
  const preload = options.preloaded === undefined ? [] : ['--preload', 'preloaded.js'];
  if (options.preloaded !== undefined) writeFileSync(join(folder, 'preloaded.js'), options.preloaded);
  const sizes = ['--slots', slots, '--chunk-bytes', chunkBytes, '--stack-slots', stackSlots].map(String);
  return [...sizes, '--statistics', '--configuration', 'configuration', ...preload, 'bundle.js'];
}
