import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identifiersIn } from '../../../../host-sim/tools/board/identifiers';
import type { Kit } from './kits';

/** What the compiler has to say of these sources; nothing when it is content. What it makes goes into `scratch`. */
export function complaints({ command }: Kit, sources: readonly string[], scratch: string): string {
  writeIdentifiers(sources, scratch);
  const [compiler = '', ...options] = command;
  // as far as the machine's code, as some warnings come of the flow of data
  const { status, stderr } = spawnSync(compiler, [...options, '-Os', '-S', ...sources], {
    cwd: scratch,
    encoding: 'utf8',
  });
  return status === 0 ? '' : stderr || `${compiler} failed`;
}

/** The `mc.xs.h` that the SDK would generate, without the names that are in JavaScript alone. */
function writeIdentifiers(sources: readonly string[], scratch: string): void {
  const names = new Set(sources.flatMap((path) => identifiersIn(readFileSync(path, 'utf8'))));
  const lines = [...names].map((name, index) => `#define xsID_${name} ${index + 1}\n`);
  writeFileSync(join(scratch, 'mc.xs.h'), `#pragma once\n${lines.join('')}`);
}
