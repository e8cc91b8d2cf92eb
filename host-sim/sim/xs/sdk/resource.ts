declare const host: { readFile(path: string): object };

/** Moddable's `Resource`: a file of the run, in memory that never moves. */
export default class Resource {
  constructor(path: string) {
    // biome-ignore lint/correctness/noConstructorReturn: the natives want the host buffer itself
    return host.readFile(path);
  }
}
