/** As much of the FlatBuffers format as it takes: offsets are of four bytes and relative to where they stand. */
export class FlatFile {
  readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get root(): number {
    return this.follow(0);
  }

  tables(table: number, field: number): number[] {
    const at = this.place(table, field);
    if (at === undefined) return [];
    const vector = this.follow(at);
    const count = this.view.getUint32(vector, true);
    return Array.from({ length: count }, (_, index) => this.follow(vector + 4 + index * 4));
  }

  /** A list of 32-bit numbers. */
  numbers(table: number, field: number): number[] {
    const at = this.place(table, field);
    if (at === undefined) return [];
    const vector = this.follow(at);
    const count = this.view.getUint32(vector, true);
    return Array.from({ length: count }, (_, index) => this.view.getInt32(vector + 4 + index * 4, true));
  }

  /** Whether a list of bytes is there, and not empty. */
  hasBytes(table: number, field: number): boolean {
    const at = this.place(table, field);
    return at !== undefined && this.view.getUint32(this.follow(at), true) > 0;
  }

  /** 0 where the file leaves it out, as the schema says. */
  number(table: number, field: number, read: (at: number) => number): number {
    const at = this.place(table, field);
    return at === undefined ? 0 : read(at);
  }

  private follow(at: number): number {
    return at + this.view.getUint32(at, true);
  }

  /** Where a field of a table stands, when it is there: before each table stands how far before it its list of fields
   * is, of two bytes each behind two sizes. */
  private place(table: number, field: number): number | undefined {
    const list = table - this.view.getInt32(table, true);
    const entry = 4 + field * 2;
    const offset = entry < this.view.getUint16(list, true) ? this.view.getUint16(list + entry, true) : 0;
    return offset === 0 ? undefined : table + offset;
  }
}
