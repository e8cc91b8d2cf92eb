/** Numbers that come again with the same seed: xorshift with 32 bits. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = (Math.imul(seed, 0x9e3779b1) ^ 0x85ebca6b) | 1;
  }

  /** A whole number from 0 up to `count`, which itself does not come. */
  below(count: number): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return (state >>> 0) % count;
  }

  oneOf<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

const MOST_CHANGES = 8;
const MOST_BYTES = 1 << 14;
/** Numbers at which readers go wrong. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

/** A right input with a few things in it wrong. @param words what belongs into inputs of this kind */
export function mutated(seeds: readonly Uint8Array[], words: readonly string[], dice: Dice): Uint8Array {
  let bytes: Buffer = Buffer.from(dice.oneOf(seeds));
  const changes = 1 + dice.below(MOST_CHANGES);
  for (let i = 0; i < changes; i++) bytes = dice.oneOf(CHANGES)(bytes, { seeds, words, dice });
  return bytes.subarray(0, MOST_BYTES);
}

interface Material {
  readonly seeds: readonly Uint8Array[];
  readonly words: readonly string[];
  readonly dice: Dice;
}

type Change = (bytes: Buffer, material: Material) => Buffer;

const CHANGES: readonly Change[] = [
  (bytes, { dice }) => written(bytes, dice, Buffer.of(dice.below(256))),
  (bytes, { dice }) => written(bytes, dice, edge(dice)),
  (bytes, { dice, words }) => written(bytes, dice, Buffer.from(dice.oneOf(words), 'latin1')),
  (bytes, { dice, words }) => spliced(bytes, dice, Buffer.from(dice.oneOf(words))),
  (bytes, { dice }) => spliced(bytes, dice, someOf(bytes, dice)),
  (bytes, { dice, seeds }) => spliced(bytes, dice, someOf(Buffer.from(dice.oneOf(seeds)), dice)),
  (bytes, { dice }) => bytes.subarray(0, dice.below(bytes.length + 1)),
  (bytes, { dice }) => {
    const at = dice.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + dice.below(64))]);
  },
];

/** Over what is there. */
function written(bytes: Buffer, dice: Dice, piece: Buffer): Buffer {
  if (bytes.length > 0) piece.copy(bytes, dice.below(bytes.length));
  return bytes;
}

/** Between what is there. */
function spliced(bytes: Buffer, dice: Dice, piece: Buffer): Buffer {
  const at = dice.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
}

function someOf(bytes: Buffer, dice: Dice): Buffer {
  const at = dice.below(bytes.length + 1);
  return Buffer.from(bytes.subarray(at, at + dice.below(128)));
}

function edge(dice: Dice): Buffer {
  const bytes = Buffer.alloc(4);
  if (dice.below(2) === 0) bytes.writeUInt32LE(dice.oneOf(EDGES));
  else bytes.writeUInt32BE(dice.oneOf(EDGES));
  return bytes.subarray(0, dice.oneOf([2, 4]));
}
