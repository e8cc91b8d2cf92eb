import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../host-sim/packages/root';

export interface Packet {
  readonly protocol: string;
  readonly to: string;
  readonly port: number;
  readonly bytes: number;
}

const APART = ['--net', '--map-root-user'];

/** Whether this machine lets a program have a network of its own. */
export const canBeApart =
  spawnSync('unshare', [...APART, 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'ignore' }).status === 0;

/** Every packet that a program of Node's sends, and what it prints. `plant`: what is run in it beside. */
export function sentBy(
  words: readonly string[],
  plant?: string,
): { packets: Packet[]; out: string; code: number | null } {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-egress-'));
  try {
    const list = join(folder, 'packets.json');
    const planted =
      plant === undefined ? [] : ['--import', `data:text/javascript,${encodeURIComponent(plant)}`];
    const command = [
      'python3',
      join(ROOT, 'tests/egress/listen.py'),
      list,
      process.execPath,
      ...planted,
      ...words,
    ];
    const { status, stdout } = spawnSync('unshare', [...APART, ...command], {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    return { packets: JSON.parse(readFileSync(list, 'utf8')) as Packet[], out: stdout, code: status };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
