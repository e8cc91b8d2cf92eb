/** The partition that keeps the record, a sector a page. */
export default class RecordFlash {
  /** The first so many of its sectors.
   * @throws Error when there is no such partition */
  static open(mostPages: number): RecordFlash;

  readonly count: number;
  readonly byteLength: number;
  /** Fills `into` from an offset of a page on.
   * @throws RangeError outside of the page, Error when the flash refuses; so do the others */
  read(page: number, offset: number, into: Uint8Array): void;
  /** Turns ones to zeros. */
  write(page: number, offset: number, bytes: Uint8Array): void;
  /** Makes all of a page ones: both cores wait meanwhile, some 50 ms, as the flash can give them no code. */
  erase(page: number): void;
}
