import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BOARDS, boardNames, loadBoard } from '../../../../host-sim/packages/boards';
import { packedResourceFile } from '../../../../host-sim/packages/firmware-models';
import {
  excesses,
  heapFiguresIn,
  heapSection,
  staleRows,
  tableIn,
  withTable,
} from '../../../../host-sim/tools/board/budget-table';
import {
  FLASH_SIZES_MIB,
  flashExcesses,
  flashTable,
  partitionsOf,
} from '../../../../host-sim/tools/board/flash-table';
import { hasXtensaCompiler } from '../../../../host-sim/tools/board/measure-code';
import { partitionNamed, readPartitions } from '../../../../host-sim/tools/board/partitions';
import { run } from '../../cli/command';

const ROOT = join(__dirname, '../../../..');
const PAGE = join(ROOT, 'boards/BUDGETS.md');
const KIB = 1024;
const MIB = KIB * KIB;

describe('the table in boards/BUDGETS.md', () => {
  const table = tableIn(readFileSync(PAGE, 'utf8')) ?? '';

  const withCompiler = hasXtensaCompiler() ? it : it.skip;

  withCompiler('is what is measured now, and within its limits', () => {
    const { code, out, problems } = run(['budgets']);
    expect(problems).toEqual([]);
    expect(staleRows(table, out.trim())).toEqual([]);
    expect(code).toBe(0);
  });

  it('tells of a machine that holds the firmware all day without growing', () => {
    const figures = (row: string) =>
      (table.split('\n').find((line) => line.startsWith(`| ${row}`)) ?? '')
        .split('|')
        .slice(2, 5)
        .map((cell) => Number(cell.replaceAll(',', '')));
    for (const row of ['slots of 16 bytes', 'chunk bytes', 'stack slots, at most']) {
      const [atBoot = NaN, afterADay = NaN, size = NaN] = figures(row);
      expect(afterADay).toBeLessThan(size);
      // the first commands bring the records that stay; that it grows no more after is what xs/day.test.ts holds
      expect(afterADay - atBoot).toBeLessThan(size / 20);
    }
  });

  it('speaks of the machine that the manifest makes', () => {
    const { creation } = JSON.parse(readFileSync(join(ROOT, 'manifest.json'), 'utf8'));
    const cells = [creation.heap.initial, creation.chunk.initial, creation.stack];
    for (const size of cells) expect(table).toContain(`| ${size.toLocaleString('en-GB')} |`);
  });
});

describe('a table', () => {
  const row = '| decoder | 1,000 |';

  it('is stale when a figure has moved by more than a twentieth, not before', () => {
    expect(staleRows(row, '| decoder | 1,050 |')).toEqual([]);
    expect(staleRows(row, '| decoder | 1,060 |')).toEqual(['| decoder | 1,060 |', row]);
    expect(staleRows(row, '| decoder | 0 |')).toHaveLength(2);
  });

  it('is stale when a row has come, gone or been renamed', () => {
    expect(staleRows(row, `${row}\n| ear | 5 |`)).toEqual(['| ear | 5 |']);
    expect(staleRows(`${row}\n| ear | 5 |`, row)).toEqual(['| ear | 5 |']);
    expect(staleRows(row, '| decoders | 1,000 |')).toHaveLength(2);
  });

  it('is put between its marks, and nothing else is touched', () => {
    const page = readFileSync(PAGE, 'utf8');
    const changed = withTable(page, 'new');
    expect(tableIn(changed)).toBe('new');
    expect(withTable(changed, tableIn(page) ?? '')).toBe(page);
    expect(() => withTable('no marks', 'new')).toThrow(RangeError);
  });

  it('names every budget that is not kept, of a board too', () => {
    const shares = [
      { what: 'a', bytes: 60 },
      { what: 'b', bytes: 50 },
    ];
    const board = { name: 'x', flashMiB: 8, psramMiB: 8, soundBytes: 1, hearingBytes: 111 };
    const budget = { name: 'RAM', shares, limit: 110 };
    const takenBytes = {};
    expect(excesses({ budgets: [budget], boards: [], takenBytes })).toEqual([]);
    expect(excesses({ budgets: [{ ...budget, limit: 109 }], boards: [], takenBytes })).toEqual([
      'RAM: 110 bytes of 109',
    ]);
    expect(excesses({ budgets: [budget], boards: [board], takenBytes })).toEqual([
      'x: 111 bytes of internal RAM for hearing',
    ]);
  });

  it('shows the machine at boot, after a day, and its size', () => {
    const figure = (slots: number) => ({ slots, chunkBytes: 20_000, stackSlots: 3 });
    const day = { atBoot: figure(1), afterADay: figure(2), stepsPerSecond: 70_000 };
    const section = heapSection({ ...day, size: figure(4_928) });
    expect(section).toContain('| slots of 16 bytes | 1 | 2 | 4,928 |');
    expect(section).toContain('| chunk bytes | 20,000 | 20,000 | 20,000 |');
    expect(heapFiguresIn(`| else | 7 |\n\n${section}`)).toEqual(day);
    expect(heapFiguresIn('| else | 7 |')).toBeUndefined();
  });
});

describe.each(FLASH_SIZES_MIB)('the partition table for %i MiB', (flashMiB) => {
  const partitions = partitionsOf(flashMiB);
  const ofType = (type: string) => partitions.filter((partition) => partition.type === type);

  it('has two slots of one size for the firmware, a place for resources, and one for spoken answers', () => {
    const [first, second, ...others] = ofType('app');
    expect([first?.subtype, second?.subtype, others]).toEqual(['ota_0', 'ota_1', []]);
    expect(second?.size).toBe(first?.size);
    expect(first?.size).toBeGreaterThanOrEqual(1.75 * MIB);
    expect(partitions.filter(({ subtype }) => subtype === 'ota')).toHaveLength(1);
    const places = partitions.filter(({ name }) => name.startsWith('resources_'));
    expect(places.map(({ name }) => name)).toEqual(
      flashMiB < 16 ? ['resources_a'] : ['resources_a', 'resources_b'],
    );
    expect(new Set(places.map(({ size }) => size)).size).toBe(1);
    expect(partitionNamed(partitions, 'answers').size).toBeGreaterThanOrEqual(1.5 * MIB);
  });

  it('has slots and what is mapped where ESP-IDF can start and map them, and all else on whole sectors', () => {
    const mapped = partitions.filter(({ type, name }) => type === 'app' || name.startsWith('resources_'));
    for (const { offset } of mapped) expect(offset % (64 * KIB)).toBe(0);
    for (const { offset, size } of partitions) expect([offset % (4 * KIB), size % (4 * KIB)]).toEqual([0, 0]);
  });

  it('has nothing that overlaps, nor anything where the boot loader and the table itself lie, or outside', () => {
    const inOrder = [...partitions].sort((a, b) => a.offset - b.offset);
    let free = 0x9000;
    for (const { offset, size } of inOrder) {
      expect(offset).toBeGreaterThanOrEqual(free);
      free = offset + size;
    }
    expect(free).toBeLessThanOrEqual(flashMiB * MIB);
  });

  it('has names that ESP-IDF can keep, and room for phone models of today’s size', () => {
    for (const { name } of partitions) expect(name).toMatch(/^\w{1,15}$/);
    expect(partitionNamed(partitions, 'resources_a').size).toBeGreaterThan(resourceFileBytes() * 1.3);
  });

  it('is told in a table whose rows add up to the flash', () => {
    const rows = flashTable(flashMiB, { ota_0: 1024 }).split('\n').slice(4);
    const kib = rows.map((line) => Number(line.split('|')[2]?.replaceAll(',', '')));
    expect(kib.slice(0, -1).reduce((sum, each) => sum + each, 0)).toBe(flashMiB * KIB);
    expect(kib.at(-1)).toBe(flashMiB * KIB);
    for (const line of rows.slice(0, -1)) expect(line.split('|')[3]?.trim()).not.toBe('');
  });

  it('is over its budget where something does not fit', () => {
    const { size } = partitionNamed(partitions, 'resources_a');
    expect(flashExcesses(flashMiB, { resources_a: size })).toEqual([]);
    expect(flashExcesses(flashMiB, { resources_a: size + 1 })).toEqual([
      `resources_a of ${flashMiB} MiB: ${size + 1} bytes of ${size}`,
    ]);
  });
});

function resourceFileBytes(): number {
  return packedResourceFile().length;
}

describe('a partition table', () => {
  it('is refused where a size is left to others', () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-partitions-'));
    const file = join(folder, 'partitions.csv');
    writeFileSync(file, '# name\nnvs, data, nvs, 0x9000,\n');
    expect(() => readPartitions(file)).toThrow(`${file}:2: ''; bytes such as 0x1000 would be right`);
    rmSync(folder, { recursive: true });
  });

  it.each(boardNames(BOARDS))('is there for the flash of %s', (name) => {
    expect(FLASH_SIZES_MIB).toContain(loadBoard(name, BOARDS).configuration.module.flashMiB);
  });

  it('is told missing for flash of another size', () => {
    expect(() => partitionsOf(4)).toThrow(/no partition table for 4 MiB of flash/);
  });
});
