import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../host-sim/packages/root';

export interface Packet {
  readonly protocol: string;
  readonly to: string;
  readonly port: number;
  /** The sender's port. */
  readonly from?: number;
  /** What a TCP packet carries, in hexadecimal. */
  readonly data?: string;
  readonly bytes: number;
}

const APART = ['--net', '--map-root-user'];

/** Whether this machine lets a program have a network of its own. */
export const canBeApart =
  spawnSync('unshare', [...APART, 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'ignore' }).status === 0;

/** Every packet that a program sends, and what it prints. */
export function sentBy(command: readonly string[]): { packets: Packet[]; out: string; code: number | null } {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-egress-'));
  try {
    const list = join(folder, 'packets.json');
    const listening = ['python3', join(ROOT, 'tests/egress/listen.py'), list];
    const { status, stdout } = spawnSync('unshare', [...APART, ...listening, ...command], {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    return { packets: JSON.parse(readFileSync(list, 'utf8')) as Packet[], out: stdout, code: status };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
