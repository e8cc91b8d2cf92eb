/** A stretch of an output section, and the file that it came from: `libwifi.a(wifi.c.obj)`, or an object by itself. */
export interface Placed {
  readonly section: string;
  readonly file: string;
  readonly bytes: number;
}

interface Input extends Placed {
  readonly address: number;
}

/** Before it the linker lists what it left out. */
const BEGIN = 'Linker script and memory map';
const OUTPUT_SECTION = /^(\.\S+)/;
/** `name address size file`; a long name stands on a line of its own. Symbols have no size, fill has no file. */
const INPUT_SECTION = /^ \S* +0x([0-9a-f]+) +0x([0-9a-f]+) (\S.*)$/;

/** Reads a map of GNU's linker: what went into each output section, in its order. */
export function readLinkerMap(map: string): Placed[] {
  const inputs: Input[] = [];
  let section = '';
  for (const line of map.slice(Math.max(0, map.indexOf(BEGIN))).split('\n')) {
    if (/^\S/.test(line)) section = OUTPUT_SECTION.exec(line)?.[1] ?? '';
    const [, address, size, file = ''] = INPUT_SECTION.exec(line) ?? [];
    if (section === '' || address === undefined || size === undefined) continue;
    const bytes = Number.parseInt(size, 16);
    if (bytes > 0) inputs.push({ section, file, address: Number.parseInt(address, 16), bytes });
  }
  return inputs.map(({ section: name, file, bytes, address }, index) => {
    // strings that were merged into others' keep their size, but what follows them begins where they do
    const next = inputs[index + 1];
    const isFollowed = next?.section === name && next.address >= address;
    return { section: name, file, bytes: isFollowed ? Math.min(bytes, next.address - address) : bytes };
  });
}
