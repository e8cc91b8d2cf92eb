/** Something that the person at the keyboard can put right. The message is one line: what is wrong with what, and what
 * would be right. Everything else that is thrown is a defect of ours and keeps its stack. */
export class Problem extends Error {
  override readonly name = 'Problem';
}

/** Runs `make`, turning the errors that our own parsers throw on bad input into a Problem about `subject`. */
export function blaming<T>(subject: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError)
      throw new Problem(`${subject}: ${error.message}`);
    throw error;
  }
}
