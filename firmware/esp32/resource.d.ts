/** Bytes of the file of resources in flash, which never move: a model, a grammar. To be handed to natives. */
export default class Resource {
  /** Maps the partitions for resources, checks them, and opens the newest file that is whole and made for this firmware.
   * @returns what is wrong with a newer one that was passed over
   * @throws Error with what is wrong with each when there is none */
  static open(): string | undefined;

  /** @throws RangeError when there is none of that name, or nothing is open */
  constructor(name: string);

  /** Copies a resource into PSRAM, which is read four times as fast as flash; `new Resource` gives the copy from then on.
   * @returns why it stays in flash, where PSRAM is short
   * @throws RangeError as above */
  static copyToPsram(name: string): string | undefined;

  /** A resource that is text.
   * @throws RangeError as above */
  static text(name: string): string;
}
