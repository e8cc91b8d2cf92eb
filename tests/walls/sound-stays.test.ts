import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const CHIP = join(root, 'firmware/esp32');

/** All that C gives back to JavaScript on the chip, as it stands there. A native that is not here gives back nothing. Whoever
 * adds a line says why no sound can be in it. */
const GIVEN_BACK: Readonly<Record<string, string>> = {
  // JSON text of event_text.c: names, whole numbers and words of the grammar
  xs_chip_ear_take_event: 'xsmcSetString(xsResult, self->text)',
  // counts and states
  xs_chip_ear_step: 'xsmcSetBoolean(xsResult, goes_on)',
  xs_chip_ear_muted: 'xsmcSetBoolean(xsResult, mute_is_on(&chip_ear_of_this(the)->task.loop.mute))',
  xs_chip_ear_switch_muted: 'xsmcSetBoolean(xsResult, mute_pin_reads_on(&chip_ear_of_this(the)->task.pin))',
  xs_chip_ear_elapsed_samples:
    'xsmcSetNumber(xsResult, ear_loop_elapsed_samples(&chip_ear_of_this(the)->task.loop))',
  xs_chip_ear_internal_bytes:
    'xsmcSetNumber(xsResult, (double)(sizeof *self + self->memory.bytes[EAR_MEMORY_INTERNAL]))',
  xs_chip_ear_external_bytes:
    'xsmcSetNumber(xsResult, (double)chip_ear_of_this(the)->memory.bytes[EAR_MEMORY_EXTERNAL])',
  xs_chip_ear_stack_left_bytes:
    'xsmcSetNumber(xsResult, (double)ear_task_stack_left(&chip_ear_of_this(the)->task))',
  // one of 97 numbers a second: the loudness of the whole second before
  xs_chip_ear_level_db: 'xsmcSetInteger(xsResult, level_db)',
  xs_chip_ring_pixel_count: 'xsmcSetInteger(xsResult, object_of_this(the)->wire.pixels)',
  xs_chip_ring_show: 'xsmcSetBoolean(xsResult, is_free)',
  // how many sectors a partition has
  xs_record_open: 'xsmcSetInteger(xsResult, sector_count)',
  // files that lie in flash, and what was wrong with them
  xs_resource_copy_to_psram: 'xsmcSetString(xsResult, reason)',
  xs_resource_open: 'xsmcSetString(xsResult, problem)',
  xs_resource_text: 'xsmcSetStringBuffer(xsResult, (char *)entry.bytes, (xsIntegerValue)entry.byte_length)',
  // what somebody types at the serial port
  xs_serial_read: 'xsmcSetString(xsResult, text)',
};

/** Which functions of the engine the natives may call. None of them makes or fills a buffer of bytes. */
const ENGINE_CALLS = [
  'xsAccess',
  'xsArg',
  'xsBeginHost',
  'xsCallFunction0',
  'xsEndHost',
  'xsForget',
  'xsRangeError',
  'xsRemember',
  'xsTypeError',
  'xsUnknownError',
  'xsVar',
  'xsmcGet',
  'xsmcGetBufferReadable',
  'xsmcGetHostDataValidate',
  'xsmcGetIndex',
  'xsmcSetBoolean',
  'xsmcSetHostData',
  'xsmcSetInteger',
  'xsmcSetNumber',
  'xsmcSetString',
  'xsmcTest',
  'xsmcToInteger',
  'xsmcToNumber',
  'xsmcToString',
  'xsmcTypeOf',
  'xsmcVars',
];
/** Bindings that carry bytes to JavaScript, and so must know nothing of the ear. */
const BYTE_BINDINGS: Readonly<Record<string, readonly string[]>> = {
  'record_xs.c': ['xsmcGetBufferWritable'],
  'resource_xs.c': ['xsmcPetrifyHostBuffer', 'xsmcSetHostBuffer', 'xsmcSetStringBuffer'],
};
const EAR_HEADERS = /natives\/(ear|mic|features|queue|decoder)|"(ear_|microphone|clip_player|sound_bus)/;

interface Source {
  readonly name: string;
  readonly text: string;
}

function sources(pattern: RegExp): Source[] {
  return readdirSync(CHIP, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => ({ name: basename(name), text: readFileSync(join(CHIP, name), 'utf8') }));
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ' ').replace(/\s+/g, ' ');
}

/** What is wrong with natives, in words. */
function complaintsAbout(javaScript: readonly Source[], c: readonly Source[]): string[] {
  const complaints: string[] = [];
  const named = javaScript.flatMap(({ text }) =>
    [...text.matchAll(/native\(\s*'(\w+)'/g)].map(([, name]) => name),
  );
  const found = new Set<string>();
  for (const { name: file, text } of c) {
    const code = withoutComments(text);
    for (const [, call = ''] of code.matchAll(/\b((?:xs|fx)[A-Z]\w*|xsmc\w+)\(/g))
      if (!ENGINE_CALLS.includes(call) && !BYTE_BINDINGS[file]?.includes(call))
        complaints.push(`${file} calls ${call}`);
    if (file in BYTE_BINDINGS && EAR_HEADERS.test(text)) complaints.push(`${file} knows the ear`);
    for (const { name, body } of functionsIn(code)) {
      if (named.includes(name)) found.add(name);
      for (const statement of body.split(';').filter((part) => /\bxsResult\b|the->result/.test(part))) {
        const given = /(\w+\(xsResult\b.*)$/.exec(statement.trim())?.[1];
        if (given === undefined || given !== GIVEN_BACK[name])
          complaints.push(`${name} gives back ${statement}`);
      }
    }
  }
  const ofSdk = ['xs_console_write', 'xs_esp32_reset_reason'];
  for (const name of named)
    if (name && !found.has(name) && !ofSdk.includes(name)) complaints.push(`${name} is nowhere in C`);
  return complaints;
}

/** Functions at the left margin, static ones too: helpers may set a result. */
function functionsIn(code: string): { name: string; body: string }[] {
  const found: { name: string; body: string }[] = [];
  for (const match of code.matchAll(/\b(\w+)\(([^(){};]*)\) \{/g)) {
    const name = match[1] ?? '';
    if (['if', 'for', 'while', 'switch'].includes(name)) continue;
    let depth = 1;
    let at = (match.index ?? 0) + match[0].length;
    const start = at;
    for (; depth > 0 && at < code.length; at += 1) depth += code[at] === '{' ? 1 : code[at] === '}' ? -1 : 0;
    found.push({ name, body: code.slice(start, at - 1) });
  }
  return found;
}

describe('the natives of the chip', () => {
  const javaScript = sources(/[.]js$/);
  const c = sources(/[.](c|cpp|h)$/);

  it('give JavaScript no sound', () => {
    expect(javaScript.length).toBeGreaterThan(3);
    expect(complaintsAbout(javaScript, c)).toEqual([]);
  });

  it.each([
    [
      'a buffer of samples',
      'void xs_chip_ear_samples(xsMachine *the) { xsmcSetArrayBuffer(xsResult, pcm, 320); }',
    ],
    ['a sample as a number', 'void xs_chip_ear_peek(xsMachine *the) { xsmcSetInteger(xsResult, pcm[0]); }'],
    ['samples in a text', 'void xs_chip_ear_close(xsMachine *the) { xsmcSetString(xsResult, pcm_as_text); }'],
    [
      'samples into a buffer of JavaScript',
      'static void fill(xsMachine *the) { xsmcGetBufferWritable(xsArg(0), &p, &n); }',
    ],
    ['the result of a helper', 'static void give(xsMachine *the) { xsResult = xsVar(0); }'],
  ])('are found out with %s', (_what, text) => {
    expect(complaintsAbout(javaScript, [...c, { name: 'planted.c', text }])).not.toEqual([]);
  });

  it('are found out where what carries bytes knows the ear', () => {
    const text =
      '#include "../natives/ear/ear.h"\nvoid f(xsMachine *the) { xsmcGetBufferWritable(xsArg(0), &p, &n); }';
    expect(complaintsAbout(javaScript, [...c, { name: 'record_xs.c', text }])).toEqual([
      'record_xs.c knows the ear',
    ]);
  });
});

/** What is wrong with the simulator's ear, whose memory WebAssembly would let anybody read. */
function leaksOf(ear: string): string[] {
  const leaks: string[] = [];
  const code = withoutComments(ear);
  const ways = [...code.matchAll(/ (?:get |set |async |\*)?(\w+)\([^()]*\): (\w+[^{]*) \{/g)].map(
    ([, name, type = '']) => `${name}: ${type.trim()}`,
  );
  for (const way of ways) if (/Array|Buffer|View|Memory/.test(way)) leaks.push(`${way} gives memory`);
  for (const [use] of code.matchAll(/[.]samples\([^)]*\)(?![.]set\()/g)) leaks.push(`${use} reads samples`);
  if (/[.]bytes\(/.test(code)) leaks.push('it reads bytes');
  if (/readonly machine|public|get machine/.test(code)) leaks.push('its machine is open to all');
  return leaks;
}

describe("the simulator's ear", () => {
  const ear = readFileSync(join(root, 'host-sim/sim/wasm/wasm-ear.ts'), 'utf8');

  it('takes samples and gives none', () => {
    expect(ear).toContain('.samples(');
    expect(leaksOf(ear)).toEqual([]);
  });

  it.each([
    ['reads what it wrote', 'const heard = this.#machine.samples(this.#block, 160).slice();'],
    ['gives samples', '  lastHeard(): Int16Array { return this.#last; }'],
    ['opens its memory', '  get machine(): Machine { return this.#machine; }'],
  ])('is found out when it %s', (_what, planted) => {
    expect(leaksOf(ear.replace(/\}\s*$/, `${planted}\n}\n`))).not.toEqual([]);
  });
});
