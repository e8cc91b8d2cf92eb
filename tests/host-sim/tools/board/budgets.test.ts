import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boardNames, loadBoard } from '../../../../host-sim/packages/boards';
import {
  excesses,
  heapFiguresIn,
  heapSection,
  staleRows,
  tableIn,
  withTable,
} from '../../../../host-sim/tools/board/budget-table';
import { hasXtensaCompiler } from '../../../../host-sim/tools/board/measure-code';
import { readPartitions } from '../../../../host-sim/tools/board/partitions';
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
    expect(excesses({ budgets: [budget], boards: [] })).toEqual([]);
    expect(excesses({ budgets: [{ ...budget, limit: 109 }], boards: [] })).toEqual(['RAM: 110 bytes of 109']);
    expect(excesses({ budgets: [budget], boards: [board] })).toEqual([
      'x: 111 bytes of internal RAM for hearing',
    ]);
  });

  it('shows the machine at boot, after a day, and its size', () => {
    const figure = (slots: number) => ({ slots, chunkBytes: 20_000, stackSlots: 3 });
    const section = heapSection({ atBoot: figure(1), afterADay: figure(2), size: figure(4_928) });
    expect(section).toContain('| slots of 16 bytes | 1 | 2 | 4,928 |');
    expect(section).toContain('| chunk bytes | 20,000 | 20,000 | 20,000 |');
    expect(heapFiguresIn(`| else | 7 |\n\n${section}`)).toEqual({ atBoot: figure(1), afterADay: figure(2) });
    expect(heapFiguresIn('| else | 7 |')).toBeUndefined();
  });
});

describe('the partition table', () => {
  const boards = join(ROOT, 'boards');
  const partitions = readPartitions(join(boards, 'partitions.csv'));
  const ofType = (type: string) => partitions.filter((partition) => partition.type === type);

  it('has two slots for the firmware, of 3 MiB each', () => {
    expect(ofType('app').map(({ subtype, size }) => [subtype, size])).toEqual([
      ['ota_0', 3 * MIB],
      ['ota_1', 3 * MIB],
    ]);
    expect(partitions.filter(({ subtype }) => subtype === 'ota')).toHaveLength(1);
  });

  it('has slots where ESP-IDF can start them, and all else on whole sectors', () => {
    for (const { offset } of ofType('app')) expect(offset % (64 * KIB)).toBe(0);
    for (const { offset, size } of partitions) expect([offset % (4 * KIB), size % (4 * KIB)]).toEqual([0, 0]);
  });

  it('has nothing that overlaps, nor anything where the boot loader and the table itself lie', () => {
    const inOrder = [...partitions].sort((a, b) => a.offset - b.offset);
    let free = 0x9000;
    for (const { offset, size } of inOrder) {
      expect(offset).toBeGreaterThanOrEqual(free);
      free = offset + size;
    }
  });

  it('is refused where a size is left to others', () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-partitions-'));
    const file = join(folder, 'partitions.csv');
    writeFileSync(file, '# name\nnvs, data, nvs, 0x9000,\n');
    expect(() => readPartitions(file)).toThrow(`${file}:2: ''; bytes such as 0x1000 would be right`);
    rmSync(folder, { recursive: true });
  });

  it.each(boardNames(boards))('fits the flash of %s', (name) => {
    const { flashMiB } = loadBoard(name, boards).configuration.module;
    for (const { offset, size } of partitions) expect(offset + size).toBeLessThanOrEqual(flashMiB * MIB);
  });
});
