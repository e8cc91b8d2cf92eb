import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from '../../host-sim/cli/commands/replay';
import { BOARDS } from '../../host-sim/packages/boards';
import { carriedOut } from '../host-sim/cli/command';

const RECORDING = join(__dirname, '../fixtures/recordings/audacity.wav');
const folder = mkdtempSync(join(tmpdir(), 'earshot-board-'));
const board = join(folder, 'my-board');
afterAll(() => rmSync(folder, { recursive: true }));

/** As boards/README.md tells: the nearest folder copied, `config.board` changed. */
function copied(change: (board: Record<string, Record<string, unknown>>) => void): void {
  rmSync(board, { recursive: true, force: true });
  cpSync(join(BOARDS, 'esp32-s3-devkitc'), board, { recursive: true });
  const path = join(board, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  change(manifest.config.board);
  writeFileSync(path, JSON.stringify(manifest));
}

const replayed = () => carriedOut(command, [RECORDING, '--board', board]);

test('a copied board with other pins and a larger ring is taken as it stands, and its ring is shown', async () => {
  copied(({ mic, ring }) => {
    Object.assign(mic ?? {}, { data: 9, power: { pin: 10, active: 'low' } });
    Object.assign(ring ?? {}, { pin: 38, pixels: 16 });
  });
  const { code, out, problems } = await replayed();
  expect([code, problems]).toEqual([0, []]);
  expect(out).toContain('board my-board, ring of 16');
});

test.each<[string, (board: Record<string, Record<string, unknown>>) => void, string]>([
  [
    'two things on one pin',
    ({ ring }) => Object.assign(ring ?? {}, { pin: 7 }),
    'ring.pin is pin 7, which mute.pin has already',
  ],
  [
    'a pin of the flash',
    ({ mic }) => Object.assign(mic ?? {}, { data: 27 }),
    'mic.data is pin 27, which is for the flash',
  ],
  [
    'a member misspelt',
    ({ mic }) => Object.assign(mic ?? {}, { chanel: 'left' }),
    'config.board.mic.chanel is unknown',
  ],
])('one with %s is refused by name', async (_, change, why) => {
  copied(change);
  const { code, problems } = await replayed();
  expect(code).toBe(2);
  expect(problems.join('\n')).toContain(join(board, 'manifest.json'));
  expect(problems.join('\n')).toContain(why);
});
