import { Dice, mutated } from './mutate';
import { TARGETS, type Target } from './targets';

/** An input that brought a reader down. */
export interface Crash {
  readonly target: string;
  readonly number: number;
  readonly input: Uint8Array;
  readonly error: unknown;
}

/** The input of that number, which is the same on every machine. */
export function inputOf(target: string, number: number): Uint8Array {
  const { seeds, words } = TARGETS[target] as Target;
  return mutated(seeds, words, new Dice(number + 1));
}

/** Feeds one input to a target. Returns what it threw when that is none of the errors that it is documented to throw. */
export async function crashOf(target: string, number: number): Promise<Crash | undefined> {
  const { run, refusals } = TARGETS[target] as Target;
  const input = inputOf(target, number);
  try {
    await run(input);
    return undefined;
  } catch (error) {
    if (refusals.some((refusal) => error instanceof refusal)) return undefined;
    return { target, number, input, error };
  }
}
