import { entryOf, verify } from '../../../firmware/record/chain';
import type { Item } from '../../../firmware/record/entry';
import { Record } from '../../../firmware/record/record';
import { ModelledFlash, testSeal } from './modelled-flash';

const PAGES = 4;
const PAGE_BYTES = 760;
/** To live on after the cut takes longest; after one in so many is enough. */
const LIVES_ON_EVERY = 9;
const LONG_MS = 300_000;

type Deed = (record: Record, moment: { livedSeconds: number }) => void;

const hear =
  (intent: string): Deed =>
  (record, moment) =>
    record.append({ type: 'command', intent, ...moment });
/** Deletes what lies so far before the end. */
const erase =
  (fromEnd: number, throughEnd: number): Deed =>
  (record, moment) => {
    const { index } = record.head;
    record.erase({ from: Math.max(0, index - fromEnd), through: index - throughEnd }, 'person', moment);
  };
const heard = (first: number, count: number): Deed[] =>
  Array.from({ length: count }, (_, i) => hear(`do${first + i}`));

/** Fills the ring and wraps, deletes one, some over pages, the oldest and all. */
const LIFE: readonly Deed[] = [
  ...heard(0, 3),
  erase(2, 1),
  ...heard(10, 20),
  erase(3, 2),
  erase(12, 1),
  ...heard(40, 2),
  erase(200, 4),
  erase(200, 0),
  ...heard(50, 2),
];

function intentsAmong(items: Iterable<Item>): string[] {
  const intents: string[] = [];
  for (const item of items) {
    const entry = item.type === 'entry' ? entryOf(item.text) : undefined;
    if (entry?.type === 'command') intents.push(entry.intent);
  }
  return intents;
}

function intentsOf(record: Record): string[] {
  return intentsAmong(record.items());
}

/** What a record holds before and after each of the deeds. */
function livesOf(): string[][] {
  const record = new Record(new ModelledFlash(PAGES, PAGE_BYTES), testSeal());
  const lives = [intentsOf(record)];
  for (const [i, deed] of LIFE.entries()) {
    deed(record, { livedSeconds: i });
    lives.push(intentsOf(record));
  }
  return lives;
}

/** A record that is full gives up its oldest page before it takes the next entry. */
function isBetween(found: readonly string[], before: readonly string[], after: readonly string[]): boolean {
  const text = found.join();
  const isSuffix = before.slice(before.length - found.length).join() === text;
  return text === after.join() || (isSuffix && found.length >= after.length - 1);
}

function cutEverywhere(flash = new ModelledFlash(PAGES, PAGE_BYTES), chance?: () => number): number {
  const lives = livesOf();
  const record = new Record(flash, testSeal());
  let cuts = 0;
  let step = 0;
  let last = '';
  if (chance) flash.chance = chance;
  flash.onMoment = (bytes) => {
    const text = Buffer.from(bytes).toString('latin1');
    if (text === last) return;
    last = text;
    cuts += 1;
    const [before = [], after = []] = [lives[step], lives[step + 1]];
    rise(new ModelledFlash(PAGES, PAGE_BYTES, bytes), before, after, cuts);
  };
  for (const [i, deed] of LIFE.entries()) {
    step = i;
    deed(record, { livedSeconds: i });
  }
  return cuts;
}

/** The power comes back: the record is whole, accuses nobody, and goes on. */
function rise(flash: ModelledFlash, before: readonly string[], after: readonly string[], cut: number): void {
  const seal = testSeal();
  const found = new Record(flash, seal);
  const items = [...found.items()];
  const intents = intentsAmong(items);
  if (!isBetween(intents, before, after))
    throw new Error(`cut ${cut}: ${intents} is neither ${before} nor ${after}`);
  const { altered } = verify(seal, items, found.head);
  if (altered.length > 0) throw new Error(`cut ${cut}: ${JSON.stringify(altered)} is called altered`);
  if (cut % LIVES_ON_EVERY > 0) return;
  found.append({ type: 'command', intent: 'later', livedSeconds: 1000 });
  const again = new Record(flash, testSeal());
  if (intentsOf(again).at(-1) !== 'later' || again.verify().altered.length > 0)
    throw new Error(`cut ${cut}: the record does not go on`);
}

/** What is broken: the mark that a piece is done reaches the flash before the piece. */
class HastyFlash extends ModelledFlash {
  #held: (() => void) | undefined;

  override write(page: number, offset: number, bytes: Uint8Array): void {
    const write = (): void => super.write(page, offset, bytes);
    if (bytes.length > 1) {
      this.#held = write;
      return;
    }
    write();
    this.#held?.();
    this.#held = undefined;
  }
}

it(
  'loses at most the entry under way, and finishes deletions, wherever the power fails',
  () => {
    expect(cutEverywhere()).toBeGreaterThan(9_000);
  },
  LONG_MS,
);

it(
  'does so when the bits of a write or erase that is cut have changed in any order',
  () => {
    let seed = 7;
    const chance = (): number => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647;
    };
    expect(cutEverywhere(undefined, chance)).toBeGreaterThan(9_000);
  },
  LONG_MS,
);

it('finds out a flash that writes in another order', () => {
  expect(() => cutEverywhere(new HastyFlash(PAGES, PAGE_BYTES))).toThrow(/cut \d+/);
});
