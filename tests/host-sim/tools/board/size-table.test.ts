import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLinkerMap } from '../../../../host-sim/tools/board/linker-map';
import {
  CODE_LIMIT,
  firmwareSize,
  STATIC_RAM_LIMIT,
  sizeExcesses,
  sizeTable,
} from '../../../../host-sim/tools/board/size-table';

const placed = readLinkerMap(readFileSync(join(__dirname, 'fixtures/firmware.map'), 'utf8'));
const natives = new Set(['ear.c', 'search.c', 'mute_pin.c']);
const size = firmwareSize(placed, natives);

describe('a map of the linker', () => {
  const of = (section: string) =>
    placed.filter((each) => each.section === section).map(({ file, bytes }) => [file, bytes]);

  it('is read by sections, with names that take a line of their own, and without symbols, fill and relaxation', () => {
    expect(of('.iram0.text')).toEqual([
      ['esp-idf/freertos/libfreertos.a(port.c.obj)', 8],
      ['xs_esp32s3.a(mute_pin.c.o)', 0x38],
    ]);
    expect(of('.dram0.bss')).toEqual([
      ['xs_esp32s3.a(xsAll.c.o)', 16],
      ['esp-idf/lwip/liblwip.a(tcp.c.obj)', 8],
    ]);
    expect(of('.flash.text')[0]).toEqual(['xs_esp32s3.a(search.c.o)', 0x30]);
  });

  it('is read without what the linker left out', () => {
    expect(placed.map(({ file }) => file).join()).not.toContain('udp.c');
    expect(placed.filter(({ bytes }) => bytes === 0x777)).toEqual([]);
  });

  it('counts strings once that were merged into others’', () => {
    const merged = `Linker script and memory map

.flash.rodata   0x3c000020       0x4c
 .rodata.a.str1.1
                0x3c000020       0x40 a.o
 .rodata.b.str1.1
                0x3c000060       0x40 b.o
 .rodata.c      0x3c000060        0xc c.o
`;
    expect(readLinkerMap(merged).map(({ bytes }) => bytes)).toEqual([0x40, 0, 0xc]);
  });
});

describe('the size of a firmware', () => {
  it('is told by what it is for, the largest first', () => {
    expect(size.flash).toEqual([
      { what: 'recordings', bytes: 0x10000 },
      { what: 'JavaScript', bytes: 0x1000 },
      { what: 'natives', bytes: 0x38 + 0x30 + 0x20 },
      { what: 'XS and Moddable’s modules', bytes: 0x50 },
      { what: 'TensorFlow Lite Micro', bytes: 0x40 },
      { what: 'ESP-IDF and C library, the rest', bytes: 0x28 },
      { what: 'Wi-Fi', bytes: 0x28 },
      { what: 'ESP-NN', bytes: 0x20 },
      { what: 'TCP/IP', bytes: 0x10 },
      { what: 'cryptography', bytes: 0x10 },
    ]);
  });

  it('has code, which is all but recordings', () => {
    expect(size.codeBytes).toBe(0x1000 + 0x88 + 0x50 + 0x40 + 0x28 + 0x28 + 0x20 + 0x10 + 0x10);
  });

  it('has memory that it takes from the start: variables, with and without values, and code that must not wait for flash', () => {
    expect(size.staticRamBytes).toBe(0x40 + 0x28 + 0x18);
  });

  it('is printed so that all lines add up to the file', () => {
    const table = sizeTable(size, 80_000).split('\n');
    const figures = table.map((line) => Number(line.trim().split(' ')[0]?.replaceAll(',', '')));
    expect(figures.slice(0, -4).reduce((sum, bytes) => sum + bytes, 0)).toBe(80_000);
    expect(table.at(-5)).toMatch(/headers and gaps$/);
    expect(table.at(-4)).toMatch(/of these code, of 1,835,008$/);
    expect(table.at(-3)).toMatch(/128 {2}internal RAM from the start, of 114,688$/);
    expect(table.at(-2)).toMatch(/64 {2}of these code that must not wait for flash$/);
    expect(table.at(-1)).toMatch(/341,632 {2}internal RAM left, for DMA too; 227,072 at least$/);
  });

  it('is held to a budget for code and one for memory', () => {
    const full = { ...size, codeBytes: CODE_LIMIT, staticRamBytes: STATIC_RAM_LIMIT };
    expect(sizeExcesses(full)).toEqual([]);
    expect(
      sizeExcesses({ ...full, codeBytes: CODE_LIMIT + 1, staticRamBytes: STATIC_RAM_LIMIT + 1 }),
    ).toEqual([
      'code has 1,835,009 bytes; its budget is 1,835,008',
      'internal RAM from the start has 114,689 bytes; its budget is 114,688',
    ]);
  });
});
