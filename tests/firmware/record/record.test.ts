import fc from 'fast-check';
import type { Entry } from '../../../firmware/record/entry';
import { checkExport, exportText, readExport } from '../../../firmware/record/export';
import { Record } from '../../../firmware/record/record';
import { ModelledFlash, testSeal } from './modelled-flash';

const PAGES = 5;
const PAGE_BYTES = 1024;

class Bench {
  readonly flash: ModelledFlash;
  readonly seal = testSeal();
  record: Record;
  #seconds = 0;

  constructor(flash = new ModelledFlash(PAGES, PAGE_BYTES)) {
    this.flash = flash;
    this.record = new Record(flash, this.seal);
  }

  reopen(): this {
    this.record = new Record(this.flash, this.seal);
    return this;
  }

  hear(...intents: readonly string[]): this {
    for (const intent of intents) this.record.append({ type: 'command', intent, ...this.now() });
    return this;
  }

  now() {
    this.#seconds += 60;
    return { livedSeconds: this.#seconds };
  }

  erase(from: number, through: number): this {
    this.record.erase({ from, through }, 'person', this.now());
    return this;
  }

  get intents(): string[] {
    return intentsOf(this.record);
  }

  /** Whether a text stands anywhere on the flash. */
  holds(text: string): boolean {
    return Buffer.from(this.flash.bytes).includes(text);
  }
}

function intentsOf(record: Record): string[] {
  return [...record.entries()].flatMap(({ entry }) => (entry.type === 'command' ? [entry.intent] : []));
}

function numbered(count: number, word = 'turnOn'): string[] {
  return Array.from({ length: count }, (_, i) => `${word}${i}`);
}

describe('the record', () => {
  it('gives back what was put in, after a restart too', () => {
    const bench = new Bench().hear('turnOn', 'turnOff').reopen().hear('stop');
    expect(bench.intents).toEqual(['turnOn', 'turnOff', 'stop']);
    expect(bench.reopen().intents).toEqual(['turnOn', 'turnOff', 'stop']);
    expect(bench.record.verify()).toEqual({ entryCount: 3, deleted: [], altered: [] });
  });

  it('keeps any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (intent) => {
        expect(new Bench().hear(intent).reopen().intents).toEqual([intent]);
      }),
    );
  });

  it('refuses an entry that is too long', () => {
    expect(() => new Bench().hear('x'.repeat(400))).toThrow(/at most 320 would be right/);
  });

  it('refuses flash that is too small', () => {
    expect(() => new Record(new ModelledFlash(3, PAGE_BYTES), testSeal())).toThrow(/at least 4 of/);
  });

  it('forgets the oldest when it is full, says so, and its chain goes on', () => {
    const bench = new Bench().hear(...numbered(200));
    const { intents } = bench;
    expect(intents.length).toBeGreaterThan(20);
    expect(intents).toEqual(numbered(200).slice(-intents.length));
    const { altered, deleted } = bench.reopen().record.verify();
    expect(altered).toEqual([]);
    expect(deleted).toEqual([{ from: 0, through: bench.record.firstIndex }]);
  });

  it('wears all pages alike', () => {
    const bench = new Bench();
    for (let i = 0; i < 300; i += 1) bench.hear(...numbered(5)).erase(0, bench.record.head.index);
    const counts = bench.flash.eraseCounts;
    expect(Math.max(...counts)).toBeGreaterThan(50);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
  });

  it.each([
    ['one', 3, 4],
    ['the first', 0, 1],
    ['the last', 19, 20],
    ['some over several pages', 2, 17],
    ['all', 0, 20],
  ])('deletes %s, so that nothing of it stays on the flash', (_, from, through) => {
    const words = numbered(20, 'secret').map((word) => `${word}.`);
    const bench = new Bench().hear(...words).erase(from, through);
    const left = words.filter((_word, i) => i < from || i >= through);
    expect(bench.intents).toEqual(left);
    expect(words.filter((word) => bench.holds(word))).toEqual(left);
    expect(bench.reopen().intents).toEqual(left);
    expect(bench.record.verify()).toMatchObject({ altered: [], deleted: [{ from, through }] });
    expect(bench.hear('later').reopen().intents).toEqual([...left, 'later']);
    expect(bench.record.verify().altered).toEqual([]);
  });

  it('is found out where a flash only says that it has erased', () => {
    const flash = new ModelledFlash(PAGES, PAGE_BYTES);
    flash.erase = () => {};
    const bench = new Bench(flash).hear('secret').erase(0, 1);
    expect(bench.intents).toEqual([]);
    expect(bench.holds('secret')).toBe(true);
  });

  it('keeps what is known of a deletion when what lies around it is deleted', () => {
    const bench = new Bench().hear(...numbered(6)).erase(1, 2);
    bench.erase(4, bench.record.head.index);
    expect([...bench.record.entries()].map(({ entry }) => entry.type)).toEqual([
      'command',
      'command',
      'command',
      'erased',
      'erased',
    ]);
    expect(bench.record.verify().altered).toEqual([]);
  });

  it('shows a change of any byte, unless it cuts off the end as a power cut would', () => {
    const bench = new Bench().hear(...numbered(40));
    const whole = bench.flash.bytes.slice();
    const all = bench.intents;
    const inNewestPage = [...bench.record.items()].reverse().findIndex(({ type }) => type === 'anchor');
    let shown = 0;
    for (let at = 0; at < whole.length; at += 3) {
      const bytes = whole.slice();
      bytes[at] = (bytes[at] ?? 0) ^ 0x20;
      const record = new Record(new ModelledFlash(PAGES, PAGE_BYTES, bytes), bench.seal);
      if (record.verify().altered.length > 0) shown += 1;
      else {
        const lost = all.length - intentsOf(record).length;
        expect([0, 1, inNewestPage]).toContain(lost);
        expect(intentsOf(record)).toEqual(all.slice(0, all.length - lost));
      }
    }
    expect(shown).toBeGreaterThan(1000);
  });

  it('tells which entry was changed', () => {
    const bench = new Bench().hear('lock', 'unlock', 'lock');
    const at = Buffer.from(bench.flash.bytes).indexOf('"unlock"');
    bench.flash.bytes[at + 1] = 'x'.charCodeAt(0);
    expect(bench.reopen().record.verify().altered).toEqual([{ from: 1, through: 2 }]);
    expect(bench.hear('later').reopen().record.verify().altered).toEqual([{ from: 1, through: 2 }]);
  });

  it('shows a page that was taken away', () => {
    const bench = new Bench().hear(...numbered(30));
    bench.flash.erase(1);
    const { altered } = bench.reopen().record.verify();
    expect(altered).toHaveLength(1);
  });
});

describe('an export', () => {
  const exported = (bench: Bench): string =>
    [...exportText(bench.record.items(), bench.record.head)].join('');

  it('is checked without the speaker', () => {
    const bench = new Bench().hear(...numbered(30), 'grüß “dich”').erase(3, 5);
    expect(checkExport(bench.seal, readExport(exported(bench)))).toEqual({
      entryCount: 30,
      deleted: [{ from: 3, through: 5 }],
      altered: [],
    });
  });

  it('shows whatever was changed in it', () => {
    const bench = new Bench().hear('lock', 'unlock', 'stop');
    const changed = exported(bench).replace('"unlock"', '"lock"');
    expect(checkExport(bench.seal, readExport(changed)).altered).not.toEqual([]);
  });

  it('shows a line that was left out, unless the record says that it was deleted', () => {
    const bench = new Bench().hear('lock', 'unlock', 'stop');
    const lines = exported(bench).split('\n');
    const without = lines.filter((line) => !line.includes('"unlock"')).join('\n');
    expect(checkExport(bench.seal, readExport(without)).altered).not.toEqual([]);
  });

  it('holds a later one to it: a record written anew does not pass', () => {
    const bench = new Bench().hear('lock', 'unlock');
    const earlier = readExport(exported(bench));
    const later = readExport(exported(bench.hear('stop')));
    expect(checkExport(bench.seal, later, [earlier]).altered).toEqual([]);
    const forged = readExport(exported(new Bench().hear('lock', 'lock', 'stop')));
    expect(checkExport(bench.seal, forged).altered).toEqual([]);
    expect(checkExport(bench.seal, forged, [earlier]).altered).toEqual([{ from: 1, through: 2 }]);
    const truncated = readExport(exported(new Bench().hear('lock')));
    expect(checkExport(bench.seal, truncated, [earlier]).altered).toEqual([{ from: 1, through: 2 }]);
  });

  it.each([
    ['{}', /format is 'undefined'/],
    ['{"format":"earshot record 1"}', /no items/],
    [
      '{"format":"earshot record 1","items":[],"head":{"index":1,"chain":"00"}}',
      /head has no index and chain/,
    ],
    ['nonsense', /JSON/],
  ])('is refused when it is none: %s', (text, problem) => {
    expect(() => readExport(text)).toThrow(problem);
  });

  it('is never taken for whole when it was not written by a speaker', () => {
    const entry: Entry = { type: 'mute', muted: true, livedSeconds: 1 };
    const made = { index: 0, salt: '00'.repeat(16), entry };
    const text = JSON.stringify({
      format: 'earshot record 1',
      head: { index: 1, chain: 'ab'.repeat(32) },
      items: [made],
    });
    expect(checkExport(testSeal(), readExport(text)).altered).not.toEqual([]);
  });
});
